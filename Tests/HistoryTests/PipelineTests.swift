import FoundationEssentials
import History
import Testing
import TestSupport

/// Several statements in one round trip.
struct PipelineTests {
    @Test func `statements are answered in their order, in one round trip`() async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        let counts = try await history.run { session throws(HistoryError) in
            try session.execute("create temporary table t (a bigint)")
            return try session.pipeline(
                (0..<1_000).map { Statement("insert into t select $1 from generate_series(1, 2)", [$0]) }
                    + [Statement("select from t where a < 2"), Statement("delete from t")])
        }
        #expect(counts == [Int](repeating: 2, count: 1_000) + [4, 2_000])
        #expect(try await history.value("select count(*) from t") == 0)
    }

    @Test func `a statement that fails says why, undoes the others, and leaves the connection usable`() async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        try await history.execute("create temporary table t (a bigint check (a <> 3))")
        let error = await #expect(throws: HistoryError.self) {
            try await history.run { session throws(HistoryError) in
                _ = try session.pipeline((0..<9).map { Statement("insert into t values ($1)", [$0]) })
            }
        }
        guard case .rejected(sqlstate: "23514", message: _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await history.value("select count(*) from t") == 0)
        #expect(try await history.value("select pg_backend_pid() = any (select pid from pg_stat_activity)") == true)
    }

    @Test func `facts that waited are written together, in order, and the one that is refused is found`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            let away = History(DatabaseSettings(connectionString: "host=/nonexistent"), spool: spool)
            for number in 0..<450 {
                // One ends before it starts.
                let end = newYear.addingTimeInterval(number == 300 ? -1 : Double(number))
                let run = JobRun(job: "ingest", startedAt: newYear, finishedAt: end, itemsIn: number)
                try await away.record(run)
                if number == 100 { _ = try await away.record(Example.ingest(fixtures: [Example.fixture()])) }
                if number == 101 { _ = try await away.record(Example.ingest(matches: [Example.match()])) }
            }
            await away.close()
            let history = try await History(
                DatabaseSettings(connectionString: TestDatabase.migrated().connectionString, maximumConnections: 1),
                spool: spool)
            #expect(try await history.replay() == 451)
            #expect(spool.standing.refused == 1 && spool.standing.pending == 0)
            #expect(try await history.value("select count(*) from job_runs") == 449)
            #expect(try await history.matches().count == 1)
            let inOrder = """
                select bool_and(items_in > before)
                from (select items_in, lag(items_in) over (order by id) as before from job_runs) r
                """
            #expect(try await history.value(inOrder) == true)
        }
    }
}
