public import FoundationEssentials
internal import History

extension Agent {
    /// Takes a backup now, and verifies it if asked to.
    ///
    /// - Parameters:
    ///   - folder: Where; nil for the configured folder.
    ///   - verify: Whether to restore it beside the original and compare.
    /// - Returns: The backup's folder, and how many tables and rows it has.
    /// - Throws: ``AgentError`` that says what went wrong.
    public func backUp(
        to folder: String?, verify: Bool
    ) async throws(AgentError) -> (path: String, tables: Int, rows: Int) {
        let settings = settings.current
        return try await withServer { [reach] () throws(HistoryError) in
            let binaries = settings.database.binaries.isEmpty ? nil : settings.database.binaries
            var backup = try await Backup.take(reach, to: folder ?? settings.backupDirectory, binaries: binaries)
            if verify {
                try await backup.verify(on: reach, binaries: binaries)
                try backup.markVerified(at: Date())
            }
            let tables = backup.manifest.tables
            return (backup.path, tables.count, tables.reduce(0) { $0 + $1.rows })
        }
    }

    /// Restores a backup into the database, which must have no tables, and compares every table.
    ///
    /// - Parameter path: The backup's folder.
    /// - Returns: How many tables and rows came back, and when the backup was taken.
    /// - Throws: ``AgentError`` that says what went wrong.
    public func restore(from path: String) async throws(AgentError) -> (tables: Int, rows: Int, takenAt: Date) {
        let binaries = settings.current.database.binaries
        return try await withServer { [reach] () throws(HistoryError) in
            let backup = try Backup(path: path)
            try await backup.restore(into: reach, binaries: binaries.isEmpty ? nil : binaries)
            let tables = backup.manifest.tables
            return (tables.count, tables.reduce(0) { $0 + $1.rows }, backup.manifest.takenAt)
        }
    }

    /// How the database is: where it is, and what the server says.
    ///
    /// - Returns: A line to connect with `psql`, whether the server answers, and what it says if it does.
    public func databaseStatus() async -> DatabaseStatus {
        let isPrivate = cluster != nil
        let psql =
            cluster.map { "psql \"\($0.connectionString)\"" } ?? "psql '\(settings.current.database.connectionString)'"
        var status = DatabaseStatus(isPrivate: isPrivate, psql: psql)
        status.isRunning = await cluster?.isRunning() ?? true
        guard status.isRunning else { return status }
        do throws(HistoryError) {
            let state = try await history.serverState()
            status.version = state.version
            status.bytes = state.bytes
            status.connections = (state.connections, state.maximumConnections)
            let schema = try await history.schemaVersion()
            status.schema =
                schema.isCurrent ? "current" : "\(schema.applied.count) of \(schema.expected.count) migrations"
            status.leader = try? await leadership.leader()?.holder
        } catch {
            status.complaint = "\(error)"
        }
        await leadership.resign()
        await history.close()
        return status
    }

    /// Runs something with the database's server up, and leaves it as it was.
    func withServer<Result: Sendable>(
        _ body: () async throws(HistoryError) -> Result
    ) async throws(AgentError) -> Result {
        let wasRunning = await cluster?.isRunning() ?? true
        do throws(HistoryError) {
            try await cluster?.start()
            let result = try await body()
            if !wasRunning { try? await cluster?.stop() }
            return result
        } catch {
            if !wasRunning { try? await cluster?.stop() }
            throw .database("\(error)")
        }
    }
}

/// How the database is, as a terminal shows it.
public struct DatabaseStatus: Sendable {
    /// Whether it is a private cluster.
    public var isPrivate: Bool
    /// A line to connect with.
    public var psql: String
    /// Whether the server runs, as far as it is known before it is asked.
    public var isRunning = true
    /// The server's version.
    public var version: String?
    /// The size of the database on disk, in bytes.
    public var bytes: Int?
    /// Connections that the server has, and takes.
    public var connections: (open: Int, limit: Int)?
    /// Whether the schema is what this program needs.
    public var schema: String?
    /// Who leads, or led last.
    public var leader: String?
    /// Why the server could not say more.
    public var complaint: String?
}
