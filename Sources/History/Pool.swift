/// Lends out a bounded number of connections, first come, first served, and for a bounded wait.
actor Pool {
    private let settings: DatabaseSettings
    private let gate: ReconnectGate
    private var made = 0
    private var idle: [Connection] = []
    private var waiting: [(ticket: Int, continuation: CheckedContinuation<Connection?, Never>)] = []
    private var tickets = 0
    private var closed = false

    init(_ settings: DatabaseSettings) {
        self.settings = settings
        gate = ReconnectGate()
    }

    /// How many connections are lent, and how many callers wait for one.
    var use: (lent: Int, waiting: Int) { (made - idle.count, waiting.count) }

    /// Runs the body on a connection's own thread, waiting for a free one; tells how long it waited.
    func run<Result: Sendable>(
        _ body: @Sendable (Session) throws(HistoryError) -> Result,
        onBorrowed: (Duration) -> Void = { _ in }
    ) async throws(HistoryError) -> Result {
        let asked = ContinuousClock.now
        let connection = await borrow()
        onBorrowed(.now - asked)
        guard let connection else {
            if closed { throw .unavailable("the history is closed") }
            throw Task.isCancelled
                ? .cancelled : .timeout("no connection became free within \(settings.poolTimeout)")
        }
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
        for waiter in waiting { waiter.continuation.resume(returning: nil) }
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
            return Connection(settings, gate: gate, label: "touchline.history.\(made)")
        }
        tickets += 1
        let ticket = tickets
        return await withTaskGroup(of: Connection?.self) { group in
            group.addTask { await self.wait(ticket) }
            group.addTask { [timeout = settings.poolTimeout] in
                // Ends early when the caller is cancelled, or has got its connection.
                try? await Task.sleep(for: timeout)
                await self.expire(ticket)
                return nil
            }
            var connection: Connection?
            for await lent in group {
                if let lent { connection = lent }
                group.cancelAll()
            }
            return connection
        }
    }

    private func wait(_ ticket: Int) async -> Connection? {
        // One may have come back while this was getting here.
        if closed || Task.isCancelled { return nil }
        if let connection = idle.popLast() { return connection }
        return await withCheckedContinuation { waiting.append((ticket, $0)) }
    }

    private func expire(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(returning: nil)
    }

    private func giveBack(_ connection: Connection) async {
        if closed {
            await connection.close()
        } else if waiting.isEmpty {
            idle.append(connection)
        } else {
            waiting.removeFirst().continuation.resume(returning: connection)
        }
    }
}
