extension History {
    /// Brings the schema up to date, and returns the names of the migrations that were applied now.
    ///
    /// All of them are applied or none. Programs that call this at the same time wait for each other.
    /// Throws `HistoryError.schemaNewer` or `.migrationChanged` if the database is not one that this program can use.
    public func migrate() async throws(HistoryError) -> [String] {
        try await migrate(Migration.all)
    }

    /// Brings the schema to the last of these migrations.
    package func migrate(_ migrations: [Migration]) async throws(HistoryError) -> [String] {
        try await run(.schema) { session throws(HistoryError) in
            try session.transaction { () throws(HistoryError) in
                try session.migrate(migrations)
            }
        }
    }

    /// Which migrations the database has, and which this program needs.
    public func schemaVersion() async throws(HistoryError) -> SchemaVersion {
        try await run(.schema) { session throws(HistoryError) in
            let applied = try session.hasMigrations() ? session.appliedMigrations(comparing: []).map(\.name) : []
            return SchemaVersion(applied: applied, expected: Migration.all.map(\.name))
        }
    }
}

extension Session {
    /// Any number that no other program is likely to lock: the ASCII codes of "touchlin".
    private static var migrationLock: Int64 { 0x746f_7563_686c_696e }

    fileprivate func migrate(_ migrations: [Migration]) throws(HistoryError) -> [String] {
        // Another program may be migrating, and a migration may rewrite large tables.
        let usual = patience
        patience = .seconds(11 * 60)
        defer { patience = usual }
        try execute("select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '10min', true)")
        try execute("select pg_advisory_xact_lock($1)", [Session.migrationLock])
        if try !hasMigrations() {
            try execute(
                """
                create table schema_migrations (
                    position integer primary key, name text not null unique, checksum text not null,
                    applied_at timestamptz not null default now()
                )
                """
            )
        }
        let applied = try appliedMigrations(comparing: migrations)
        for (position, migration) in applied.enumerated() {
            guard position < migrations.count else { throw .schemaNewer(migration: migration.name) }
            guard migration.name == migrations[position].name, migration.unchanged else {
                let known = migrations.contains { $0.name == migration.name }
                throw known ? .migrationChanged(name: migration.name) : .schemaNewer(migration: migration.name)
            }
        }
        let pending = migrations.dropFirst(applied.count)
        for (offset, migration) in pending.enumerated() {
            try execute(script: migration.script)
            try execute(
                """
                insert into schema_migrations (position, name, checksum)
                values ($1, $2, encode(sha256($3), 'hex'))
                """,
                [applied.count + offset, migration.name, Array(migration.script.utf8)]
            )
        }
        return pending.map(\.name)
    }

    fileprivate func hasMigrations() throws(HistoryError) -> Bool {
        try execute("select to_regclass('schema_migrations') is not null")
            .first { row throws(HistoryError) in try row.next(Bool.self) } ?? false
    }

    /// The applied migrations, oldest first, and whether each reads as the one with its name among the known ones.
    fileprivate func appliedMigrations(
        comparing known: [Migration]
    ) throws(HistoryError) -> [(name: String, unchanged: Bool)] {
        var checksums: [String: String] = [:]
        for migration in known {
            checksums[migration.name] = try execute("select encode(sha256($1), 'hex')", [Array(migration.script.utf8)])
                .first { row throws(HistoryError) in try row.next(String.self) }
        }
        return try execute("select name, checksum from schema_migrations order by position")
            .map { row throws(HistoryError) in
                let name = try row.next(String.self)
                let checksum = try row.next(String.self)
                return (name, checksums[name] == checksum)
            }
    }
}
