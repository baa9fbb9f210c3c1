internal import Exposition
internal import History
internal import Synchronization

/// What PostgreSQL says of itself, asked every quarter of a minute.
final class ServerCollector: Collector {
    static let info = Descriptor.info(
        "touchline_database_info", "The PostgreSQL that is used, by its version.", labels: ["version"])
    static let size = Descriptor.gauge(
        "touchline_database_size_bytes", "Size of the database on disk in bytes, asked every 15 seconds.")
    static let rows = Descriptor.gauge(
        "touchline_database_table_rows", "Rows of a table as the server estimates them, asked every 15 seconds.",
        labels: ["table"])
    static let lag = Descriptor.gauge(
        "touchline_database_replication_lag_seconds",
        "How far the slowest replica is behind in seconds, asked every 15 seconds; absent without a replica.")
    static let durable = Descriptor.gauge(
        "touchline_database_durable",
        "Whether a commit survives a crash of the server (1): fsync, full_page_writes and synchronous_commit are on.")
    static let connections = Descriptor.gauge(
        "touchline_database_server_connections", "Connections that the server has, of all programs.")
    static let limit = Descriptor.gauge(
        "touchline_database_server_connections_limit", "Connections that the server takes, of all programs.")
    static let lent = Descriptor.gauge(
        "touchline_database_pool_lent", "Connections of this agent's pool in use, looked at every second.")
    static let pool = Descriptor.gauge("touchline_database_pool_limit", "Connections that this agent's pool may have.")
    static let descriptors = [info, size, rows, lag, durable, connections, limit, lent, pool]

    let name = "server"
    private let state = Mutex<ServerState?>(nil)
    private let lent = Gauge(lent)
    private let maximumConnections: Int

    init(maximumConnections: Int) {
        self.maximumConnections = maximumConnections
        lent.set(0)
    }

    /// Shows what the server said; nil while it is away.
    func show(_ state: ServerState?) { self.state.withLock { $0 = state } }

    /// Shows how many connections are in use.
    func show(lent: Int) { self.lent.set(Double(lent)) }

    func collect() -> [Family] {
        let state = state.withLock { $0 }
        var info = Family(Self.info)
        var rows = Family(Self.rows)
        if let state {
            info.append(1, labels: [state.version])
            for (table, count) in state.rows.sorted(by: { $0.key < $1.key }) {
                rows.append(Double(count), labels: [table])
            }
        }
        return [
            info, Family(Self.size, state.map { Double($0.bytes) }), rows, Family(Self.lag, state?.replicationLag),
            Family(Self.durable, state.map { $0.isDurable ? 1 : 0 }),
            Family(Self.connections, state.map { Double($0.connections) }),
            Family(Self.limit, state.map { Double($0.maximumConnections) }), lent.family,
            Family(Self.pool, Double(maximumConnections)),
        ]
    }
}
