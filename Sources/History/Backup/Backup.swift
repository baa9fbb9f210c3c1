public import FoundationEssentials
import Glibc

/// A backup on disk: a folder with `dump`, in pg_dump's custom format, and `manifest.json`.
public struct Backup: Sendable, Hashable {
    /// The folder.
    public let path: String
    /// What it holds.
    public private(set) var manifest: BackupManifest

    private static let prefix = "touchline-"

    /// Opens a backup.
    ///
    /// - Parameter path: Its folder.
    /// - Throws: `HistoryError.backup` if there is none.
    public init(path: String) throws(HistoryError) {
        self.path = path
        do {
            let text = try Data(contentsOf: URL(filePath: path + "/manifest.json"))
            manifest = try JSONDecoder().decode(BackupManifest.self, from: text)
        } catch {
            throw .backup(action: "read \(path)", message: "it has no manifest that can be read")
        }
    }

    /// Every whole backup in a folder, newest first.
    public static func all(in folder: String) -> [Backup] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted(by: >).compactMap { try? Backup(path: folder + "/" + $0) }
    }

    /// Takes a backup of a database as of one instant, while it is in use.
    ///
    /// - Parameters:
    ///   - settings: The database.
    ///   - folder: Where the backup's own folder is made.
    ///   - instant: What the backup is named after.
    ///   - binaries: Where PostgreSQL's programs are; nil to look for them.
    /// - Returns: The backup.
    /// - Throws: `HistoryError`; an unfinished backup is removed.
    public static func take(
        _ settings: DatabaseSettings, to folder: String, at instant: Date = Date(), binaries: String? = nil
    ) async throws(HistoryError) -> Backup {
        let programs = try await DumpPrograms(settings.connectionString, binaries: binaries)
        let name = prefix + instant.formatted(.iso8601).filter { $0.isLetter || $0.isNumber }
        let unfinished = "\(folder)/.\(name)-\(getpid())"
        try makeDirectory(folder)
        try makeDirectory(unfinished)
        let connection = Connection(settings, gate: ReconnectGate(), label: "touchline.history.backup")
        do {
            // The dump and the counts are of one snapshot, which lives as long as this transaction.
            var (snapshot, manifest) = try await connection.run { session throws(HistoryError) in
                try session.execute("begin isolation level repeatable read, read only")
                let snapshot = try session.execute("select pg_export_snapshot()")
                    .first { row throws(HistoryError) in try row.next(String.self) }
                return (snapshot ?? "", try session.manifest(at: instant))
            }
            try await programs.dump(to: unfinished + "/dump", snapshot: snapshot)
            await connection.close()
            let size = try? FileManager.default.attributesOfItem(atPath: unfinished + "/dump")[.size] as? Int
            manifest.bytes = size ?? 0
            try write(manifest, to: unfinished)
        } catch {
            await connection.close()
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
        let path = "\(folder)/\(name)"
        guard rename(unfinished, path) == 0 else {
            let why = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: unfinished)
            throw .backup(action: "move a backup to \(path)", message: why)
        }
        return try Backup(path: path)
    }

    /// Removes all but the newest backups of a folder.
    public static func rotate(in folder: String, keep: Int) {
        for backup in all(in: folder).dropFirst(max(1, keep)) {
            try? FileManager.default.removeItem(atPath: backup.path)
        }
    }

    /// Notes that a restored copy was equal.
    public mutating func markVerified(at instant: Date) throws(HistoryError) {
        manifest.verifiedAt = instant
        try Backup.write(manifest, to: path)
    }

    private static func write(_ manifest: BackupManifest, to folder: String) throws(HistoryError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            try encoder.encode(manifest).write(to: URL(filePath: folder + "/manifest.json"), options: .atomic)
        } catch {
            throw .backup(action: "write \(folder)/manifest.json", message: HistoryError.oneLine("\(error)"))
        }
    }

    private static func makeDirectory(_ path: String) throws(HistoryError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .backup(action: "make \(path)", message: HistoryError.oneLine("\(error)"))
        }
    }
}
