internal import FoundationEssentials
internal import Glibc

/// A folder that a run keeps everything in, and of which nothing is left: neither the folder nor a program that works in it.
struct ScratchFolder: Sendable {
    let path: String

    /// The programs that are ever started for such a folder, as the kernel names them.
    private static let programs: Set = ["initdb", "pg_ctl", "postgres", "prometheus", "prometheus-aler"]
    /// How long PostgreSQL may take for an immediate shutdown.
    private static let patience = Duration.seconds(5)

    /// Ends here and now what works in the folder, and removes it.
    ///
    /// Blocks for as long as that takes, 5 s at most; where a run ends in order, little is left to do.
    func remove() {
        for process in started {
            // A server that is killed instead leaves its shared memory; its backends end with it.
            kill(process, Self.name(of: process) == "postgres" ? SIGQUIT : SIGKILL)
        }
        let end = ContinuousClock.now + Self.patience
        while !(started.isEmpty && inside.isEmpty), ContinuousClock.now < end { usleep(10_000) }
        for process in started + inside { kill(process, SIGKILL) }
        // What ended just now may have written once more while it was removed.
        for _ in 1...10 where FileManager.default.fileExists(atPath: path) {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Removes it again until nothing has brought it back for a fifth of a second.
    ///
    /// For a process that is about to end, whose other threads do not know of it and may be starting a program.
    func removeForGood() {
        var quiet = 0
        for _ in 1...100 where quiet < 4 {
            let isThere = FileManager.default.fileExists(atPath: path) || !started.isEmpty
            quiet = isThere ? 0 : quiet + 1
            if isThere { remove() }
            usleep(50_000)
        }
    }

    /// Removes what runs left that were killed: folders beside this one that are named as it is, but for the number of the
    /// process at the end, and whose process is no more.
    func removeForsaken() {
        guard let slash = path.lastIndex(of: "/"), let dash = path.lastIndex(of: "-"), slash < dash else { return }
        let prefix = path[...dash]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: String(path[..<slash]))) ?? []
        for other in names.map({ "\(path[...slash])\($0)" }) where other.hasPrefix(prefix) {
            if let owner = pid_t(other.dropFirst(prefix.count)), kill(owner, 0) != 0, errno == ESRCH {
                ScratchFolder(path: other).remove()
            }
        }
    }

    /// Programs that were started with a path in the folder.
    private var started: [pid_t] {
        processes { process in
            let command = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
            return command?.contains(path + "/") == true
        }
    }

    /// Programs that work in the folder, such as PostgreSQL's backends, which show no arguments.
    private var inside: [pid_t] {
        processes { process in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
            return place?.hasPrefix(path + "/") == true
        }
    }

    private func processes(where holds: (pid_t) -> Bool) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { Self.programs.contains(Self.name(of: $0)) && holds($0) }
    }

    private static func name(of process: pid_t) -> String {
        let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
        return String((name ?? "").prefix { $0 != "\n" })
    }
}
