import FoundationEssentials
import Glibc
import History
import Testing

/// A folder for one agent: its state, its configuration, and the log of each of its runs.
struct AgentHome: Sendable {
    let folder: String
    /// The agent's own database, whether or not the agent runs.
    let history: History

    var state: String { folder + "/state" }
    var configuration: String { folder + "/touchline.yml" }

    /// Rows of one column of text; asked again for a while where the server is not there.
    func texts(_ sql: String) async throws -> [String] {
        try await rows(sql, String.self)
    }

    /// A single number.
    func number(_ sql: String) async throws -> Int {
        try #require(try await rows(sql, Int.self).first)
    }

    private func rows<Value: WireValue & Sendable>(_ sql: String, _: Value.Type) async throws -> [Value] {
        try await eventually(sql) { () async throws -> [Value]? in
            do throws(HistoryError) {
                return try await history.run { session throws(HistoryError) in
                    try session.execute(sql).map { row throws(HistoryError) in try row.next(Value.self) }
                }
            } catch {
                if case .unavailable = error { return nil }
                Issue.record(error)
                return []
            }
        }
    }

    /// The processes of the private cluster's server: the postmaster alone, or with its children.
    func postmaster() throws -> pid_t {
        let file = try String(contentsOfFile: "\(state)/postgresql/postmaster.pid", encoding: .utf8)
        return try #require(pid_t(file.prefix { $0 != "\n" }))
    }

    /// What every row of the facts is, and which transaction wrote it: equal before and after means nothing was written.
    func factVersions() async throws -> [String] {
        try await texts(
            """
            select 'fixtures ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from fixtures
            union all select 'matches ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from matches
            union all select 'odds ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from odds
            """)
    }
}

/// Makes a home for the body, and afterwards stops its PostgreSQL and removes it.
func withHome(_ body: (AgentHome) async throws -> Void) async throws {
    await Leftovers.sweep()
    var template = Array("\(Leftovers.prefix)\(getpid())-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    // Where the tests run as root, the server's own user must get through.
    chmod(folder, 0o755)
    let cluster = PrivateCluster(stateDirectory: folder + "/state")
    let home = AgentHome(
        folder: folder,
        history: History(DatabaseSettings(connectionString: cluster.connectionString, maximumConnections: 1)))
    var failure: (any Error)?
    do { try await body(home) } catch { failure = error }
    await home.history.close()
    try? await cluster.stop()
    try? FileManager.default.removeItem(atPath: folder)
    if let failure { throw failure }
}
