import FoundationEssentials
import Glibc
import History

/// Homes of test processes that did not live to tidy up after themselves.
enum Leftovers {
    /// How the path of every home begins; the number of the test process follows.
    static let prefix = "/tmp/touchline-journey-"

    /// Ends what still runs in such homes, and removes them.
    static func sweep() async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for home in names.map({ "/tmp/\($0)" }) where home.hasPrefix(prefix) {
            guard let owner = pid_t(home.dropFirst(prefix.count).prefix { $0 != "-" }) else { continue }
            guard kill(owner, 0) != 0, errno == ESRCH else { continue }
            for process in processes(namedFor: home) { kill(process, SIGKILL) }
            try? await PrivateCluster(stateDirectory: home + "/state").stop()
            try? FileManager.default.removeItem(atPath: home)
        }
    }

    /// The programs that were started with a path in that home; its PostgreSQL, which has its own way to stop, may be
    /// left out.
    static func processes(namedFor home: String, besidesPostgreSQL: Bool = true) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { process in
            let command = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
            return command.map {
                $0.contains(home + "/") && !(besidesPostgreSQL && $0.contains("/postgres\0"))
            } ?? false
        }
    }
}
