import FoundationEssentials
import History
import Testing
import TestSupport

/// Several hosts in one connection string: the one that takes writes is used, whichever that is at the moment.
struct FailoverTests {
    @Test func `the first host that takes writes is used, and the next one once it is gone`() async throws {
        let first = try await TestServer()
        let second: TestServer
        do { second = try await TestServer() } catch { await first.remove(); throw error }
        do {
            try await holds(first, second)
        } catch {
            await first.remove()
            await second.remove()
            throw error
        }
        await first.remove()
        await second.remove()
    }

    private func holds(_ first: TestServer, _ second: TestServer) async throws {
        let hosts = "host=/nonexistent,\(first.folder),\(second.folder) port=5432,\(first.port),\(second.port)"
        let history = History(
            DatabaseSettings(connectionString: "\(hosts) user=touchline dbname=postgres", maximumConnections: 1))
        func port() async throws -> Int? { try await history.value("select current_setting('port')::bigint") }

        // Nobody is there, then one that only reads, as a standby does.
        #expect(await #expect(throws: HistoryError.self) { try await history.ping() }?.reason == "unavailable")
        try await first.start(["default_transaction_read_only=on"])
        try await eventually {
            let standby = await #expect(throws: HistoryError.self) { try await history.ping() }
            guard standby?.description.contains("read-only") == true else { throw Otherwise(error: standby) }
        }

        try await second.start()
        #expect(try await eventually { try await port() } == second.port)
        // The second goes down and the first is made to take writes.
        try await second.stop()
        try await first.stop()
        try await first.start()
        #expect(try await eventually { try await port() } == first.port)
        #expect(try await history.migrate() == Migration.all.map(\.name))
        await history.close()
    }

    private struct Otherwise: Error {
        let error: HistoryError?
    }

    /// Tries again for as long as the pauses between attempts to connect may last.
    private func eventually<Value>(_ body: () async throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            do { return try await body() } catch {
                if ContinuousClock.now > deadline { throw error }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
