/// Everything that Touchline keeps, in PostgreSQL; each subject's statements are in a file of their own.
///
/// Instants are kept to the microsecond. Every method throws `HistoryError.unavailable` while the server cannot be
/// reached, and works again once it can.
public struct History: Sendable {
    private let pool: Pool
    private let observe: @Sendable (HistoryError?) -> Void

    /// Makes a history that connects when it is first asked something.
    ///
    /// - Parameters:
    ///   - settings: How to reach PostgreSQL.
    ///   - observe: Told of each operation once it ended: nil, or why it failed.
    public init(_ settings: DatabaseSettings, observe: @escaping @Sendable (HistoryError?) -> Void = { _ in }) {
        pool = Pool(settings)
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

    /// Closes the connections; whatever is asked later is refused as unavailable.
    public func close() async {
        await pool.close()
    }

    /// Runs statements on one connection.
    package func run<Result: Sendable>(
        _ body: @Sendable (Session) throws(HistoryError) -> Result
    ) async throws(HistoryError) -> Result {
        do {
            let result = try await pool.run(body)
            observe(nil)
            return result
        } catch {
            observe(error)
            throw error
        }
    }
}
