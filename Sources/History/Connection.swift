/// A place in the pool: a session that opens when it is needed, on a thread of its own, for libpq blocks.
actor Connection {
    private let executor: BlockingExecutor
    private let settings: DatabaseSettings
    private let gate: ReconnectGate
    private var session: Session?

    init(_ settings: DatabaseSettings, gate: ReconnectGate, label: String) {
        self.settings = settings
        self.gate = gate
        executor = BlockingExecutor(label: label)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs the body on the session; one that broke is discarded, and the next call opens another.
    func run<Result: Sendable>(
        _ body: @Sendable (Session) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        let session = try open()
        defer {
            if session.isBroken { self.session = nil }
        }
        return try body(session)
    }

    private func open() throws(HistoryError) -> Session {
        if let session { return session }
        let session = try gate.pass { () throws(HistoryError) in try Session(settings) }
        self.session = session
        return session
    }

    /// Closes the session, if one is open.
    func close() {
        session = nil
    }
}
