import FoundationEssentials

/// Where a private cluster keeps its things.
struct ClusterLayout: Sendable, Hashable {
    /// The directory that the agent was given, absolute.
    let state: String
    /// Where the server's socket is.
    let sockets: String

    /// The longest address of a Unix socket, in bytes, that every kernel here takes.
    private static let longestAddress = 107

    /// Lays out a state directory; sockets move to a short path if it is too long for one.
    init(stateDirectory: String, runtimeDirectory: String?) {
        let absolute =
            stateDirectory.hasPrefix("/")
            ? stateDirectory : FileManager.default.currentDirectoryPath + "/" + stateDirectory
        state = absolute.count > 1 && absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute
        let preferred = state + "/run"
        if preferred.utf8.count + "/.s.PGSQL.5432.lock".utf8.count <= ClusterLayout.longestAddress {
            sockets = preferred
        } else {
            sockets = (runtimeDirectory ?? "/tmp") + "/touchline-" + ClusterLayout.digest(state)
        }
    }

    /// The server's data.
    var data: String { state + "/postgresql" }
    /// Data that initdb has not finished.
    var unfinishedData: String { state + "/postgresql.new" }
    /// What the server says.
    var log: String { data + "/server.log" }
    /// Held while the cluster is started or stopped.
    var lock: String { state + "/postgresql.lock" }
    /// The server's own note of which process it is.
    var processFile: String { data + "/postmaster.pid" }

    /// How libpq reaches a database of the cluster, whatever its environment says.
    func connectionString(database: String) -> String {
        "host='\(sockets)' port=5432 user=touchline dbname=\(database)"
    }

    /// Refuses what pg_ctl's shell, the server's settings or libpq would read as more than a path.
    func check() throws(HistoryError) {
        for path in [state, sockets] {
            guard !path.contains(where: { "'\"\\$`,\n".contains($0) }) else {
                throw .stateDirectory(path: path, message: "the path has a quote, comma, dollar or backslash")
            }
        }
        guard sockets.utf8.count + "/.s.PGSQL.5432.lock".utf8.count <= ClusterLayout.longestAddress else {
            throw .stateDirectory(path: sockets, message: "the path is too long for a socket")
        }
    }

    /// FNV-1a, so that a state directory finds its sockets again; it guards nothing.
    private static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
