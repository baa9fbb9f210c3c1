/// What the server says of itself and of the database.
public struct ServerState: Sendable, Hashable {
    /// Its version, for instance `15.20`.
    public var version: String
    /// The size of the database on disk, in bytes.
    public var bytes: Int
    /// How far the slowest replica is behind, in seconds; nil without a replica, or while none reports.
    public var replicationLag: Double?
    /// Whether what is committed survives a crash: `fsync`, `full_page_writes` and `synchronous_commit` are on.
    public var isDurable: Bool
    /// Connections that the server takes, of all programs.
    public var maximumConnections: Int
    /// Connections that it has, of all programs.
    public var connections: Int
    /// Roughly how many rows each table has, as the server's statistics have it.
    public var rows: [String: Int]
}

extension History {
    /// Asks the server what it says of itself; some of it needs the role `pg_monitor` on a server of others.
    public func serverState() async throws(HistoryError) -> ServerState {
        try await run(.upkeep) { session throws(HistoryError) in
            let rows = try session.execute(
                """
                select coalesce(p.relname, t.relname) as name, sum(t.n_live_tup)::bigint
                from pg_stat_user_tables t left join pg_inherits i on i.inhrelid = t.relid
                left join pg_class p on p.oid = i.inhparent
                where t.schemaname = current_schema() group by 1 order by 1
                """
            ).map { row throws(HistoryError) in (try row.next(String.self), try row.next(Int.self)) }
            let state = try session.execute(
                """
                select split_part(current_setting('server_version'), ' ', 1), pg_database_size(current_database()),
                    (select extract(epoch from max(replay_lag))::float8 from pg_stat_replication),
                    current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
                        and current_setting('synchronous_commit') <> 'off',
                    current_setting('max_connections')::bigint,
                    (select count(*) from pg_stat_activity where backend_type = 'client backend')
                """
            ).first { row throws(HistoryError) in
                ServerState(
                    version: try row.next(), bytes: try row.next(), replicationLag: try row.optional(),
                    isDurable: try row.next(), maximumConnections: try row.next(), connections: try row.next(),
                    rows: Dictionary(rows) { $0 + $1 })
            }
            guard let state else { throw .unreadable("the state of the server") }
            return state
        }
    }
}
