/// Everything that Touchline keeps, in PostgreSQL; each subject's statements are in a file of their own.
///
/// Instants are kept to the microsecond. Every method throws `HistoryError.unavailable` while the server cannot be
/// reached, and works again once it can; with a spool, facts are kept there meanwhile.
public struct History: Sendable {
    let spool: Spool?
    private let pool: Pool
    private let observe: @Sendable (OperationReport) -> Void

    /// Makes a history that connects when it is first asked something.
    ///
    /// - Parameters:
    ///   - settings: How to reach PostgreSQL.
    ///   - spool: Where facts wait while PostgreSQL is away; nil to throw instead.
    ///   - observe: Told of each operation once it ended.
    public init(
        _ settings: DatabaseSettings,
        spool: Spool? = nil,
        observe: @escaping @Sendable (OperationReport) -> Void = { _ in }
    ) {
        pool = Pool(settings)
        self.spool = spool
        self.observe = observe
    }

    /// Asks the server for an answer.
    public func ping() async throws(HistoryError) {
        try await run { session throws(HistoryError) in
            _ = try session.execute("select 1")
        }
    }

    /// The server's version, for instance `15.20`.
    public func serverVersion() async throws(HistoryError) -> String {
        try await run { session throws(HistoryError) in
            let version = try session.execute("select split_part(current_setting('server_version'), ' ', 1)")
                .first { row throws(HistoryError) in try row.next(String.self) }
            guard let version else { throw .unreadable("server_version") }
            return version
        }
    }

    /// How many connections are lent, and how many callers wait for one.
    public var poolUse: (lent: Int, waiting: Int) {
        get async { await pool.use }
    }

    /// Closes the connections; whatever is asked later is refused as unavailable.
    public func close() async {
        await pool.close()
    }

    /// Runs statements on one connection.
    package func run<Result: Sendable>(
        _ group: StatementGroup = .other,
        isWrite: Bool = false,
        _ body: @Sendable (Session) throws(HistoryError) -> Result
    ) async throws(HistoryError) -> Result {
        let started = ContinuousClock.now
        var report = OperationReport(group: group, isWrite: isWrite, waited: .zero, duration: .zero)
        do {
            let result = try await pool.run(body) { report.waited = $0 }
            report.duration = .now - started
            observe(report)
            return result
        } catch {
            report.duration = .now - started
            report.error = error
            observe(report)
            throw error
        }
    }

    /// Tells the observer of a write that failed without reaching the database.
    func report(_ error: HistoryError, in group: StatementGroup) {
        observe(OperationReport(group: group, isWrite: true, waited: .zero, duration: .zero, error: error))
    }
}
