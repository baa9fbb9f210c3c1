import FoundationEssentials
import History
import Testing
import TestSupport

/// What Grafana asks PostgreSQL itself.
struct HistoryDashboardTests {
    @Test func `every panel that asks the database gets rows from one that holds something of everything`() async throws
    {
        let database = try await TestDatabase.migrated()
        let history = database.history()
        let leadership = Leadership(
            DatabaseSettings(connectionString: database.connectionString), holder: "here pid 1")
        let term = try await leadership.campaign()
        try await Term.$current.withValue(term) {
            let fixture = Example.fixture()
            _ = try await history.record(Example.ingest(fixtures: [fixture]))
            let model = try await history.store(Example.model())
            _ = try await history.store([Example.prediction(model: model, of: fixture)])
            _ = try await history.record(Example.ingest(matches: [Example.match(fixture)]))
            _ = try await history.store(try await history.settlements().map(Example.evaluation))
            try await history.record(JobRun(job: "train", startedAt: newYear, finishedAt: newYear))
        }
        for (panel, sql) in try questions() {
            let rows = try await history.run { session throws(HistoryError) in try session.execute(sql).count }
            #expect(rows > 0, "\(panel)")
        }
        await leadership.resign()
    }

    /// Every statement of the dashboards, by panel, for all time.
    private func questions() throws -> [(panel: String, sql: String)] {
        let questions = try Dashboard.all().flatMap { file, dashboard in
            dashboard.shown.flatMap { panel in
                (panel.targets ?? []).compactMap(\.rawSql).map { sql in
                    (
                        "\(file): \(panel.title ?? "?")",
                        sql.replacing(/\$__timeFilter\(([^)]*)\)/) { "\($0.output.1) < 'infinity'" }
                            .replacing("$__timeFrom()", with: "timestamptz '-infinity'")
                            .replacing("$__timeTo()", with: "timestamptz 'infinity'")
                    )
                }
            }
        }
        try #require(questions.count >= 4)
        return questions
    }
}
