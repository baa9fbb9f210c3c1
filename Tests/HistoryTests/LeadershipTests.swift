import FoundationEssentials
import History
import Testing
import TestSupport

/// Two agents, one database: who works, and that the other cannot.
struct LeadershipTests {
    private func candidates() async throws -> (first: Leadership, second: Leadership, database: TestDatabase) {
        let database = try await TestDatabase.migrated()
        let settings = DatabaseSettings(connectionString: database.connectionString)
        return (
            Leadership(settings, holder: "first"), Leadership(settings, holder: "second"), database
        )
    }

    private let run = JobRun(job: "ingest", startedAt: newYear, finishedAt: newYear)

    @Test func `one leads, and the other follows once the first is gone`() async throws {
        let (first, second, _) = try await candidates()
        #expect(try await first.campaign() == 1)
        #expect(try await first.campaign() == 1)
        #expect(try await second.campaign() == nil)
        #expect(try await second.leader()?.holder == "first")
        await first.resign()
        let term = try await taken(by: second)
        #expect(term == 2)
        #expect(try await first.campaign() == nil)
        #expect(try await first.leader()?.holder == "second")
    }

    @Test func `a leader whose session was cut goes on in its term if nobody led in between`() async throws {
        let (first, second, database) = try await candidates()
        #expect(try await first.campaign() == 1)
        try await cut(database)
        await #expect(throws: HistoryError.self) { try await first.campaign() }
        #expect(try await first.campaign() == 1)
        try await cut(database)
        let term = try await taken(by: second)
        #expect(term == 2)
        await #expect(throws: HistoryError.self) { try await first.campaign() }
        #expect(try await first.campaign() == nil)
    }

    @Test func `a write of a term that is over is refused, and one of the present term is kept with it`() async throws {
        let (first, second, database) = try await candidates()
        let old = try await first.campaign()
        await first.resign()
        let new = try await taken(by: second)
        let history = database.history()
        await #expect(throws: HistoryError.deposed(term: 1)) {
            try await Term.$current.withValue(old) { _ = try await history.store(Example.model()) }
        }
        #expect(try await history.champion() == nil)
        try await Term.$current.withValue(new) { try await history.record(run) }
        #expect(try await history.value("select count(*) from job_runs where term is null") == 1)
    }

    @Test func `a term begins only after the writes of the one before it`() async throws {
        let (first, second, database) = try await candidates()
        let old = try await first.campaign()
        let writer = database.history(maximumConnections: 1)
        // A transaction of the old term that has checked the term and not committed yet.
        try await writer.run { session throws(HistoryError) in
            try session.execute("begin")
            try session.execute("select from leadership where term = $1 for share", [old])
        }
        await first.resign()
        let error = await #expect(throws: HistoryError.self) { _ = try await taken(by: second) }
        #expect(error?.reason == "timeout")
        try await writer.execute("commit")
        #expect(try await taken(by: second) == 2)
    }

    @Test func `a fact made in a term waits and is kept after the term`() async throws {
        let (first, second, database) = try await candidates()
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            let term = try await first.campaign()
            let away = History(DatabaseSettings(connectionString: "host=/nonexistent"), spool: spool)
            try await Term.$current.withValue(term) {
                try await away.record(JobRun(job: "drift", startedAt: newYear, finishedAt: newYear))
            }
            await first.resign()
            _ = try await taken(by: second)
            let history = History(DatabaseSettings(connectionString: database.connectionString), spool: spool)
            #expect(try await history.replay() == 1)
            #expect(try await history.value("select term from job_runs") == 1)
            #expect(try await history.value("select late from kept_facts") == true)
        }
    }

    /// The term that a candidate gets once the server has noticed that the one before is gone.
    private func taken(by candidate: Leadership) async throws -> Int64 {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if let term = try await candidate.campaign() { return term }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw HistoryError.timeout("nobody leads")
    }

    private func cut(_ database: TestDatabase) async throws {
        try await database.history(maximumConnections: 1).execute(
            """
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """)
    }
}
