import FoundationEssentials
import Glibc

extension ClusterLayout {
    /// The processes that work in the data directory: the server, and what a killed one left behind.
    func processes() -> [pid_t] {
        guard let data = ClusterLayout.resolved(data) else { return [] }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { ClusterLayout.linked("/proc/\($0)/cwd") == data }
    }

    /// Removes the process file of a server that is gone.
    ///
    /// PostgreSQL does so itself unless the number has passed to another process of its user, which happens after a
    /// restart of the machine or container. The file stays if anything still works in the directory.
    func removeStaleProcessFile() throws(HistoryError) {
        guard FileManager.default.fileExists(atPath: processFile), processes().isEmpty else { return }
        guard unlink(processFile) == 0 || errno == ENOENT else {
            throw .cluster(action: "remove \(processFile)", message: String(cString: strerror(errno)))
        }
    }

    /// The major version that wrote the data; nil if there is no data.
    func dataVersion() -> String? {
        (try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8))?.split(whereSeparator: \.isNewline).first
            .map(String.init)
    }

    /// The server's last complaint; nil if it has none.
    func lastComplaint() -> String? {
        guard let log = try? String(contentsOfFile: log, encoding: .utf8) else { return nil }
        return log.split(separator: "\n").last { $0.contains("FATAL") || $0.contains("PANIC") }.map(String.init)
    }

    private static func linked(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
