import FoundationEssentials
import History
import Testing
import TestSupport

struct PoolTests {
    private let terminateOthers = """
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
        """

    @Test func `a connection that was cut is an error once, and then replaced`() async throws {
        let database = try await TestDatabase.migrated()
        let history = database.history(maximumConnections: 1)
        try await history.ping()
        try await database.history(maximumConnections: 1).execute(terminateOthers)
        let error = await #expect(throws: HistoryError.self) { try await history.ping() }
        #expect(error?.reason == "unavailable")
        try await history.ping()
    }

    @Test func `more callers than connections all get their turn`() async throws {
        let history = try await TestDatabase.migrated().history(maximumConnections: 3)
        let used = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<60 {
                group.addTask { try #require(try await history.value("select pg_backend_pid()")) }
            }
            var pids: Set<Int> = []
            for try await pid in group { pids.insert(pid) }
            return pids
        }
        #expect((1...3).contains(used.count))
    }

    @Test func `a statement that fails leaves its connection usable, outside a transaction`() async throws {
        let database = try await TestDatabase.migrated()
        let history = database.history(maximumConnections: 1)
        let pid: Int? = try await history.value("select pg_backend_pid()")
        let error = await #expect(throws: HistoryError.self) {
            try await history.run { session throws(HistoryError) in
                try session.transaction { () throws(HistoryError) in _ = try session.execute("select 1/0") }
            }
        }
        #expect(error == .rejected(sqlstate: "22012", message: "division by zero"))
        let state: String? = try await database.history().value(
            "select state from pg_stat_activity where pid = $1", [pid])
        #expect(state == "idle")
        #expect(try await history.value("select pg_backend_pid()") == pid)
    }

    @Test func `statements and locks are waited for as long as the settings say`() async throws {
        let database = try await TestDatabase.migrated()
        let settings = DatabaseSettings(
            connectionString: database.connectionString, lockTimeout: .milliseconds(50),
            statementTimeout: .milliseconds(100))
        let history = History(settings)
        let slow = await #expect(throws: HistoryError.self) { try await history.execute("select pg_sleep(30)") }
        #expect(slow?.reason == "timeout")
        let blocker = database.history()
        try await blocker.run { session throws(HistoryError) in
            try session.execute("begin")
            try session.execute("lock table matches")
        }
        let blocked = await #expect(throws: HistoryError.self) { try await history.matches() }
        #expect(blocked?.reason == "timeout")
        await blocker.close()
    }

    @Test func `a closed history refuses, and leaves no connection behind`() async throws {
        let database = try await TestDatabase.migrated()
        let history = database.history()
        try await history.ping()
        let pid: Int? = try await history.value("select pg_backend_pid()")
        await history.close()
        let error = await #expect(throws: HistoryError.self) { try await history.ping() }
        #expect(error?.reason == "unavailable")
        let observer = database.history()
        // The server notices the goodbye on its own time; asking it to end the backend waits for that.
        try await observer.execute("select pg_terminate_backend($1::int, 5000)", [pid])
        #expect(try await observer.value("select count(*) from pg_stat_activity where pid = $1", [pid]) == 0)
    }

    @Test func `an address where nobody listens is unavailable, without repeating a password`() async throws {
        let nobody = History(DatabaseSettings(connectionString: "host=/nonexistent password=secret user=x"))
        let refused = await #expect(throws: HistoryError.self) { try await nobody.ping() }
        #expect(refused?.reason == "unavailable")
        #expect(refused?.description.contains("secret") == false)
        let malformed = History(DatabaseSettings(connectionString: "host = 'x password=secret"))
        await #expect(throws: HistoryError.invalidConnectionString) { try await malformed.ping() }
    }

    @Test func `an observer is told of every operation once it ended`() async throws {
        let database = try await TestDatabase.migrated()
        let (reports, reporting) = AsyncStream.makeStream(of: OperationReport.self)
        let settings = DatabaseSettings(connectionString: database.connectionString)
        let history = History(settings) { report in reporting.yield(report) }
        try await history.ping()
        await #expect(throws: HistoryError.self) { try await history.execute("select 1/0") }
        reporting.finish()
        let all = await reports.reduce(into: []) { $0.append($1) }
        #expect(all.map(\.error?.reason) == [nil, "rejected"])
        #expect(all.allSatisfy { $0.waited >= .zero && $0.duration >= $0.waited && !$0.isWrite })
    }
}
