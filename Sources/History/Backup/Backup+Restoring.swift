import FoundationEssentials
import Glibc

extension Backup {
    /// Restores into a database that has no tables yet, and compares every table's count and checksum.
    ///
    /// - Parameters:
    ///   - settings: The database.
    ///   - binaries: Where PostgreSQL's programs are; nil to look for them.
    /// - Throws: `HistoryError.backup` if the database is not empty, if it cannot be restored, or if it is not equal.
    public func restore(into settings: DatabaseSettings, binaries: String? = nil) async throws(HistoryError) {
        let programs = try await DumpPrograms(settings.connectionString, binaries: binaries)
        let connection = Connection(settings, gate: ReconnectGate(), label: "touchline.history.restore")
        do {
            let tables = try await connection.run { session throws(HistoryError) in
                try session.transaction { () throws(HistoryError) in try session.manifest(at: Date()).tables }
            }
            guard tables.isEmpty else {
                throw HistoryError.backup(
                    action: "restore", message: "the database has tables already: restore into a fresh one")
            }
            try await programs.restore(path + "/dump")
            let restored = try await connection.run { session throws(HistoryError) in
                try session.transaction { () throws(HistoryError) in try session.manifest(at: Date()).tables }
            }
            await connection.close()
            let names = Set(zip(restored, manifest.tables).filter { $0 != $1 }.map(\.1.name))
            guard restored == manifest.tables else {
                throw HistoryError.backup(
                    action: "verify \(path)",
                    message: "these tables came back otherwise: \(names.sorted().joined(separator: ", "))")
            }
        } catch let error as HistoryError {
            await connection.close()
            throw error
        } catch {
            throw .backup(action: "restore", message: "\(error)")
        }
    }

    /// Restores into a database that is made for it on the same server and dropped again, and compares.
    ///
    /// - Parameters:
    ///   - settings: A database of a server on which databases may be made.
    ///   - binaries: Where PostgreSQL's programs are; nil to look for them.
    /// - Throws: `HistoryError` as ``restore(into:binaries:)`` does.
    public func verify(on settings: DatabaseSettings, binaries: String? = nil) async throws(HistoryError) {
        let name = "verify_touchline_\(getpid())"
        var server = settings
        server.maximumConnections = 1
        server.statementTimeout = .seconds(60)
        let history = History(server)
        let make = ["drop database if exists \(name)", "create database \(name) template template0"]
        do {
            for statement in make {
                try await history.run(.upkeep) { session throws(HistoryError) in _ = try session.execute(statement) }
            }
            var scratch = settings
            scratch.connectionString +=
                settings.connectionString.contains("://")
                ? (settings.connectionString.contains("?") ? "&" : "?") + "dbname=\(name)" : " dbname=\(name)"
            try await restore(into: scratch, binaries: binaries)
        } catch {
            await Backup.drop(name, on: history)
            throw error
        }
        await Backup.drop(name, on: history)
    }

    private static func drop(_ name: String, on history: History) async {
        _ = try? await history.run(.upkeep) { session throws(HistoryError) in
            _ = try session.execute("drop database if exists \(name) with (force)")
        }
        await history.close()
    }
}
