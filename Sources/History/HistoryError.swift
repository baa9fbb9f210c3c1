public import Football

/// Why the history could not do what was asked.
public enum HistoryError: Error, Hashable, Sendable {
    /// The server cannot be reached or went away; worth another try later.
    case unavailable(String)
    /// A statement or a lock took longer than the settings allow.
    case timeout(String)
    /// The task that asked was cancelled, and the statement with it.
    case cancelled
    /// The server refused a statement.
    case rejected(sqlstate: String, message: String)
    /// A row could not be read as what it should hold.
    case unreadable(String)
    /// The connection string cannot be parsed; it is not repeated, for it may hold a password.
    case invalidConnectionString
    /// The database was migrated by a newer program, which knows this migration.
    case schemaNewer(migration: String)
    /// A migration that was applied reads differently now.
    case migrationChanged(name: String)
    /// Synthetic rows were offered to a database of real ones (`synthetic` is true), or the reverse.
    case mixedProvenance(offeredSynthetic: Bool)
    /// A forecast names a match that no feed has announced.
    case unknownMatch(MatchKey)
    /// A model cannot become what was asked; the serving one stays.
    case model(String)
    /// The spool holds as many bytes of facts as it may; the fact that was offered is not kept.
    case spoolFull(bytes: Int)
    /// The spool's file cannot be used.
    case spool(action: String, message: String)
    /// A backup could not be taken, restored or found equal.
    case backup(action: String, message: String)
    /// The term of leadership in which a write was made is over.
    case deposed(term: Int64)
    /// PostgreSQL's server programs are in none of the places searched.
    case noServerBinaries(searched: [String])
    /// The private cluster was written by another major version than the installed server's.
    case clusterVersion(data: String, installed: String, directory: String)
    /// The private cluster could not be made, started or stopped.
    case cluster(action: String, message: String)
    /// The private cluster's directory cannot be made, written or used.
    case stateDirectory(path: String, message: String)

    /// The metric label for this error, one of ``reasons``.
    public var reason: String {
        switch self {
        case .unavailable: "unavailable"
        case .timeout: "timeout"
        case .cancelled: "cancelled"
        case .rejected: "rejected"
        case .unreadable: "unreadable"
        case .invalidConnectionString: "invalid_connection_string"
        case .schemaNewer: "schema_newer"
        case .migrationChanged: "migration_changed"
        case .mixedProvenance: "mixed_provenance"
        case .unknownMatch: "unknown_match"
        case .model: "model"
        case .spoolFull: "spool_full"
        case .spool: "spool"
        case .backup: "backup"
        case .deposed: "deposed"
        case .noServerBinaries: "no_server_binaries"
        case .clusterVersion: "cluster_version"
        case .cluster: "cluster"
        case .stateDirectory: "state_directory"
        }
    }

    /// Every value that ``reason`` can take.
    public static let reasons = [
        "unavailable", "timeout", "cancelled", "rejected", "unreadable", "invalid_connection_string", "schema_newer",
        "migration_changed", "mixed_provenance", "unknown_match", "model", "spool_full", "spool", "backup", "deposed",
        "no_server_binaries",
        "cluster_version", "cluster", "state_directory",
    ]
}

extension HistoryError {
    /// Whether only a person can cure it: waiting and trying again cannot.
    public var isFinal: Bool {
        switch self {
        case .invalidConnectionString, .schemaNewer, .migrationChanged, .noServerBinaries, .clusterVersion,
            .stateDirectory:
            true
        case .unavailable, .timeout, .cancelled, .rejected, .unreadable, .mixedProvenance, .unknownMatch, .model,
            .spoolFull, .spool, .backup, .deposed, .cluster:
            false
        }
    }

    /// Whether the same write may succeed later: the server is away, too slow, out of room, or in trouble of its own.
    public var isTransient: Bool {
        switch self {
        case .unavailable, .timeout, .cancelled: true
        // Serialization failures and deadlocks, resources, intervention, system errors, internal errors.
        case .rejected(let state, _): ["40", "53", "57", "58", "XX"].contains { state.hasPrefix($0) }
        default: false
        }
    }
}

extension HistoryError: CustomStringConvertible {
    /// One line for a log or a terminal.
    public var description: String {
        switch self {
        case .unavailable(let why): "PostgreSQL is unavailable: \(why)"
        case .timeout(let why): "PostgreSQL took too long: \(why)"
        case .cancelled: "stopped before PostgreSQL answered"
        case .rejected(let sqlstate, let message): "PostgreSQL refused a statement: \(message) (SQLSTATE \(sqlstate))"
        case .unreadable(let what): "PostgreSQL sent what cannot be read: \(what)"
        case .invalidConnectionString: "the connection string is neither a libpq URI nor key=value pairs"
        case .schemaNewer(let migration):
            "the database has migration \"\(migration)\", which this program does not know: install the newer program"
        case .migrationChanged(let name):
            "migration \"\(name)\" was applied in another form: restore the program that applied it, or a backup"
        case .mixedProvenance(offeredSynthetic: true):
            "synthetic rows were offered to a database of real ones: use a database of their own"
        case .mixedProvenance(offeredSynthetic: false):
            "real rows were offered to a database of synthetic ones: use a database of their own"
        case .unknownMatch(let key):
            "no feed has announced \(key.home) against \(key.away) (\(key.division), \(key.season))"
        case .model(let why): why
        case .spoolFull(let bytes):
            "the spool is full at \(bytes) bytes: bring PostgreSQL back, or raise database.spool_maximum_bytes"
        case .spool(let action, let message): "could not \(action): \(message)"
        case .backup(let action, let message): "the backup could not \(action): \(message)"
        case .deposed(let term): "term \(term) is over: another agent leads, or led"
        case .noServerBinaries(let searched):
            "no PostgreSQL server programs in \(searched.joined(separator: ", ")): apt-get install postgresql"
        case .clusterVersion(let data, let installed, let directory):
            "\(directory) was written by PostgreSQL \(data), installed is \(installed): "
                + "apt-get install postgresql-\(data), or move the data with pg_upgrade"
        case .stateDirectory(let path, let message):
            "the state directory \(path) cannot be used: \(message); choose one that this user may write to"
        case .cluster(let action, let message): "the private cluster could not \(action): \(message)"
        }
    }
}
