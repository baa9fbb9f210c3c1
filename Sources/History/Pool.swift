/// Lends out a bounded number of connections, first come, first served.
actor Pool {
    private let settings: DatabaseSettings
    private var made = 0
    private var idle: [Connection] = []
    private var waiting: [CheckedContinuation<Connection?, Never>] = []
    private var closed = false

    init(_ settings: DatabaseSettings) {
        self.settings = settings
    }

    /// Runs the body on a connection's own thread, waiting for a free one.
    func run<Result: Sendable>(
        _ body: @Sendable (Session) throws(HistoryError) -> Result
    ) async throws(HistoryError) -> Result {
        guard let connection = await borrow() else { throw .unavailable("the history is closed") }
        let result: Result
        do {
            result = try await connection.run(body)
        } catch {
            await giveBack(connection)
            throw error
        }
        await giveBack(connection)
        return result
    }

    /// Closes idle connections now and lent ones when they come back; whoever waits or asks later is refused.
    func close() async {
        closed = true
        for continuation in waiting { continuation.resume(returning: nil) }
        waiting = []
        let connections = idle
        idle = []
        for connection in connections { await connection.close() }
    }

    private func borrow() async -> Connection? {
        if closed { return nil }
        if let connection = idle.popLast() { return connection }
        if made < max(1, settings.maximumConnections) {
            made += 1
            return Connection(settings, label: "touchline.history.\(made)")
        }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ connection: Connection) async {
        if closed {
            await connection.close()
        } else if waiting.isEmpty {
            idle.append(connection)
        } else {
            waiting.removeFirst().resume(returning: connection)
        }
    }
}
