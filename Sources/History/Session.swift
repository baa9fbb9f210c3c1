import Clibpq
import Glibc

/// One libpq connection: open from its making to its end, and confined to the ``Connection`` that owns it.
package final class Session {
    let pointer: OpaquePointer
    /// How long the server has for a statement before it is stopped from here; the server's own limit comes first.
    var patience: Duration
    /// When the statement that is under way is stopped.
    var stopAt = ContinuousClock.now
    /// When the server was told to stop the statement that is under way.
    var cancelled: ContinuousClock.Instant?
    /// Statements that the server has parsed, by their text and their parameters' types.
    var prepared = PreparedStatements()
    private var isAbandoned = false

    /// Connects, and sets the limits that hold for every statement.
    init(_ settings: DatabaseSettings) throws(HistoryError) {
        guard let pointer = try Session.connect(settings) else { throw .unavailable("out of memory") }
        self.pointer = pointer
        patience = settings.statementTimeout + .seconds(3)
        guard PQstatus(pointer) == CONNECTION_OK else { throw .unavailable(lastMessage) }
        guard PQsetnonblocking(pointer, 1) == 0 else { throw .unavailable(lastMessage) }
        // libpq would print the server's notices on standard error.
        _ = PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        try execute(
            """
            select set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false),
                set_config('idle_in_transaction_session_timeout', '60000', false)
            """,
            [settings.lockTimeout.milliseconds, settings.statementTimeout.milliseconds]
        )
        // A server before 14 does not know it. With it, a statement ends soon after the program that asked for it.
        if PQserverVersion(pointer) >= 140_000 {
            try execute("select set_config('client_connection_check_interval', '1000', false)")
        }
    }

    deinit { PQfinish(pointer) }

    /// Whether the connection was lost, so that only a new one can help.
    var isBroken: Bool { isAbandoned || PQstatus(pointer) != CONNECTION_OK }

    /// Gives the connection up: the server did not answer, so what it still does is unknown.
    func abandon() { isAbandoned = true }

    /// Runs the body in a transaction, which an error rolls back.
    package func transaction<Result>(
        _ characteristics: String = "",
        _ body: () throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        try execute("begin \(characteristics)")
        let result: Result
        do {
            result = try body()
        } catch {
            // The first error tells more than a rollback that fails because the connection is gone.
            if !isBroken { _ = try? execute("rollback") }
            throw error
        }
        try execute("commit")
        return result
    }

    /// What libpq last complained about, on one line.
    var lastMessage: String {
        HistoryError.oneLine(String(cString: PQerrorMessage(pointer)))
    }

    private static func connect(_ settings: DatabaseSettings) throws(HistoryError) -> OpaquePointer? {
        let given = settings.connectionString
        if given.contains("=") || given.contains("://") {
            guard let options = PQconninfoParse(given, nil) else { throw .invalidConnectionString }
            PQconninfoFree(options)
        }
        // What stands before `dbname` yields to the connection string; what stands after it does not.
        let parameters = [
            ("fallback_application_name", "touchline"),
            ("connect_timeout", "\(max(2, settings.connectTimeout.components.seconds))"),
            ("target_session_attrs", "read-write"),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "10"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
            ("dbname", given),
            ("client_encoding", "UTF8"),
        ]
        let storage = parameters.map { (strdup($0.0), strdup($0.1)) }
        defer {
            for (keyword, value) in storage {
                free(keyword)
                free(value)
            }
        }
        let keywords = storage.map { UnsafePointer($0.0) } + [nil]
        let values = storage.map { UnsafePointer($0.1) } + [nil]
        return PQconnectdbParams(keywords, values, 1)
    }
}

extension Duration {
    /// Whole milliseconds, as PostgreSQL's settings take them; at least 1, for 0 would mean no limit.
    fileprivate var milliseconds: String {
        "\(max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000))"
    }
}
