import FoundationEssentials
import History
import Testing
import TestSupport

/// What an agent hears of the others on its database.
struct ListenerTests {
    private let run = JobRun(job: "ingest", startedAt: newYear, finishedAt: newYear)

    @Test(.timeLimit(.minutes(1)))
    func `a listener hears of runs, of models, of requests and of a leader that resigns, and first of all of them`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let settings = DatabaseSettings(connectionString: database.connectionString)
        let history = database.history()
        let listener = Listener(settings)
        #expect(try await listener.next() == Set(Notice.allCases))
        try await history.record(run)
        #expect(try await listener.next() == [.jobRuns])
        _ = try await history.store(Example.model())
        #expect(try await listener.next() == [.modelEvents])
        try await history.execute(
            "insert into training_requests (source, reason, requested_at) values ('command', 'a wish', now())")
        #expect(try await listener.next() == [.trainingRequests])
        let leadership = Leadership(settings, holder: "first")
        _ = try await leadership.campaign()
        await leadership.resign()
        #expect(try await listener.next() == [.leadership])
        #expect(try await Leadership(settings, holder: "second").campaign() == 2)
        await listener.close()
    }

    @Test(.timeLimit(.minutes(1)))
    func `what was rolled back is not heard of, and what comes together is heard of once`() async throws {
        let database = try await TestDatabase.migrated()
        let history = database.history(maximumConnections: 1)
        let listener = Listener(DatabaseSettings(connectionString: database.connectionString))
        _ = try await listener.next()
        try await history.execute("begin")
        try await history.record([run])
        try await history.execute("rollback")
        try await history.execute("select pg_notify('touchline', 'of a newer program')")
        try await history.execute("begin")
        try await history.record([run, run])
        try await history.execute(
            "insert into training_requests (source, reason, requested_at) values ('api', 'a wish', now())")
        try await history.execute("commit")
        #expect(try await listener.next() == [.jobRuns, .trainingRequests])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a listener that is cut off says so, and then that everything may have changed`() async throws {
        let database = try await TestDatabase.migrated()
        let listener = Listener(DatabaseSettings(connectionString: database.connectionString))
        _ = try await listener.next()
        try await database.history(maximumConnections: 1).execute(
            """
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """)
        let error = await #expect(throws: HistoryError.self) { try await listener.next() }
        #expect(error?.reason == "unavailable")
        #expect(try await listener.next() == Set(Notice.allCases))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a listener that nobody waits for any more ends its wait, and keeps its connection`() async throws {
        let database = try await TestDatabase.migrated()
        let listener = Listener(DatabaseSettings(connectionString: database.connectionString))
        _ = try await listener.next()
        let waiting = Task { try await listener.next() }
        waiting.cancel()
        await #expect(throws: HistoryError.cancelled) { try await waiting.value }
        try await database.history().record(run)
        #expect(try await listener.next() == [.jobRuns])
    }
}

extension History {
    /// Writes runs without a transaction of their own.
    fileprivate func record(_ runs: [JobRun]) async throws {
        for run in runs {
            try await execute(
                """
                insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
                values ($1, $2, $3, 'succeeded', 0, 0)
                """, [run.job, run.startedAt, run.finishedAt])
        }
    }
}
