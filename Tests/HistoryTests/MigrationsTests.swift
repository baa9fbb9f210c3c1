import Football
import History
import Testing
import TestSupport

struct MigrationsTests {
    private let second = Migration(name: "second", script: "create table extra (a int); create table other (b int);")

    @Test func `migrating twice applies everything once`() async throws {
        let history = try await TestDatabase.empty().history()
        #expect(try await history.schemaVersion().applied == [])
        #expect(try await history.migrate() == Migration.all.map(\.name))
        #expect(try await history.migrate() == [])
        #expect(try await history.schemaVersion().isCurrent)
        #expect(try await history.migrate(Migration.all + [second]) == ["second"])
    }

    @Test func `programs that migrate at once wait for each other`() async throws {
        let database = try await TestDatabase.empty()
        let histories = (0..<4).map { _ in database.history(maximumConnections: 1) }
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for history in histories { group.addTask { try await history.migrate() } }
            var all: [String] = []
            for try await names in group { all += names }
            return all
        }
        #expect(applied == Migration.all.map(\.name))
    }

    @Test func `an applied migration that changed is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        var changed = Migration.all
        changed[0].script += " "
        await #expect(throws: HistoryError.migrationChanged(name: changed[0].name)) {
            try await history.migrate(changed + [second])
        }
        #expect(try await history.value("select to_regclass('extra') is null") == true)
    }

    @Test func `a schema newer than the program is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.migrate(Migration.all + [second])
        await #expect(throws: HistoryError.schemaNewer(migration: "second")) { try await history.migrate() }
        let version = try await history.schemaVersion()
        #expect(!version.isCurrent)
        #expect(version.applied == version.expected + ["second"])
    }

    @Test func `a migration that fails leaves nothing behind`() async throws {
        let history = try await TestDatabase.empty().history()
        let broken = Migration(name: "broken", script: "create table extra (a int); select nonsense;")
        await #expect(throws: HistoryError.self) { try await history.migrate(Migration.all + [broken]) }
        #expect(try await history.schemaVersion().applied == [])
        #expect(try await history.value("select to_regclass('matches') is null") == true)
    }

    /// The upgrade drill: from each earlier version, with data in it.
    @Test(arguments: 0..<Migration.all.count)
    func `a database of an earlier version is brought up to date with what it holds`(version: Int) async throws {
        let history = try await TestDatabase.empty().history()
        _ = try await history.migrate(Array(Migration.all.prefix(version)))
        if version > 0 {
            for statement in earlierData { try await history.execute(statement) }
        }
        #expect(try await history.migrate() == Migration.all.dropFirst(version).map(\.name))
        #expect(try await history.schemaVersion().isCurrent)
        guard version > 0 else { return }
        #expect(try await history.matches().map(\.fixture.key.home) == ["Leeds"])
        #expect(try await history.champion()?.bytes == [1, 2])
        #expect(try await history.latestPredictions(after: newYear).count == 1)
        #expect(try await history.jobRecords()["train"]?.lastSuccess == newYear)
        // What is written after the upgrade stands beside what was before.
        _ = try await history.record(Example.ingest(matches: [Example.match(Example.fixture("Bath", "York"))]))
        #expect(try await history.counts(at: newYear).matches == 2)
    }

    /// Rows as the first version wrote them.
    private let earlierData = [
        "insert into provenance (synthetic) values (false)",
        """
        insert into fixtures (division, season, home, away, day, kick_off, source, synthetic)
        values ('E0', 2023, 'Leeds', 'Derby', '2024-01-02', '2024-01-02 15:00Z', 'results', false),
            ('E0', 2023, 'Derby', 'Leeds', '2024-02-02', '2024-02-02 15:00Z', 'fixtures', false)
        """,
        "insert into matches (fixture_id, position, home_goals, away_goals) values (1, 0, 2, 1)",
        """
        insert into models (
            state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes,
            training_seconds, synthetic
        ) values (
            'champion', '2024-01-01Z', 'form', 1, '{}', 380, '2020-08-01', '2023-12-31', '{}', '\\x0102', 1, false
        )
        """,
        """
        insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, synthetic)
        values (1, 2, '2024-01-01Z', '2024-02-02 15:00Z', 0.5, 0.25, 0.25, false)
        """,
        """
        insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out)
        values ('train', '2024-01-01Z', '2024-01-01Z', 'succeeded', 380, 1)
        """,
    ]
}
