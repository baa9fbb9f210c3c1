public import FoundationEssentials

/// What a backup holds, so that a restored database can be compared with it.
public struct BackupManifest: Sendable, Hashable, Codable {
    /// When it was taken.
    public var takenAt: Date
    /// The version of the server that it was taken from.
    public var serverVersion: String
    /// The migrations that the database had, oldest first.
    public var migrations: [String]
    /// Every table with what is in it, by name.
    public var tables: [Table]
    /// The size of the dump, in bytes.
    public var bytes = 0
    /// When a restored copy was last found to be equal; nil if none ever was.
    public var verifiedAt: Date?

    /// One table.
    public struct Table: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// How many rows it has.
        public var rows: Int
        /// A sum over its rows' MD5 digests, whatever their order.
        public var checksum: String
    }
}

extension Session {
    /// What the database holds, as of the transaction that is under way.
    func manifest(at instant: Date) throws(HistoryError) -> BackupManifest {
        // A row's text must not depend on who reads it.
        try execute(
            """
            select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
                set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),
                set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)
            """
        )
        let usual = patience
        patience = .seconds(3600)
        defer { patience = usual }
        let names = try execute(
            """
            select relname::text, format('%I', relname) from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
            order by relname
            """
        ).map { row throws(HistoryError) in (try row.next(String.self), try row.next(String.self)) }
        var tables: [BackupManifest.Table] = []
        for (name, quoted) in names {
            let table = try execute(
                """
                select count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0)::text
                from \(quoted) t
                """
            ).first { row throws(HistoryError) in
                BackupManifest.Table(name: name, rows: try row.next(), checksum: try row.next())
            }
            if let table { tables.append(table) }
        }
        let version = try execute("select split_part(current_setting('server_version'), ' ', 1)")
            .first { row throws(HistoryError) in try row.next(String.self) }
        let migrations =
            names.contains { $0.0 == "schema_migrations" }
            ? try execute("select name from schema_migrations order by position")
                .map { row throws(HistoryError) in try row.next(String.self) } : []
        return BackupManifest(
            takenAt: instant, serverVersion: version ?? "", migrations: migrations, tables: tables)
    }
}
