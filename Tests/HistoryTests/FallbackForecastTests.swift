import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct FallbackForecastTests {
    private func prepared() async throws -> (History, Int64) {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(fixtures: [Example.fixture()]))
        return (history, try await history.store(Example.model()))
    }

    private func forecast(_ model: Int64, hours: Double = 0, home: Double = 0.5, away: String = "Hull")
        -> FallbackForecast
    {
        FallbackForecast(
            modelID: model, key: Example.key("Leeds", away), kickOff: newYear.addingTimeInterval(100 * 3600),
            madeAt: newYear.addingTimeInterval(hours * 3600),
            probabilities: OutcomeProbabilities(home: home, draw: 0.75 - home, away: 0.25),
            market: OutcomeProbabilities(home: 0.4, draw: 0.35, away: 0.25), tier: .market)
    }

    @Test func `a forecast made again adds no row, and the latest of the silence comes back`() async throws {
        let (history, model) = try await prepared()
        #expect(try await history.store([forecast(model), forecast(model, away: "York")]) == 2)
        #expect(try await history.store([forecast(model, hours: 1), forecast(model, hours: 1, away: "York")]) == 0)
        #expect(try await history.store([forecast(model, hours: 2, home: 0.6)]) == 1)
        func latest(since hours: Double, after now: Double = 0) async throws -> [FallbackForecast] {
            try await history.latestFallbackForecasts(
                division: Example.division, since: newYear.addingTimeInterval(hours * 3600),
                after: newYear.addingTimeInterval(now * 3600))
        }
        let all = try await latest(since: 0)
        #expect(all.count == 2)
        #expect(all.contains(forecast(model, hours: 2, home: 0.6)))
        #expect(try await latest(since: 2).map(\.key.away) == ["Hull"])
        #expect(try await latest(since: 0, after: 100) == [])
    }

    @Test func `rows say where they come from, and the schema lets nothing train on or score one`() async throws {
        let (history, model) = try await prepared()
        _ = try await history.store([forecast(model)])
        #expect(try await history.value("select source from fallback_predictions") == "simulation")
        let id = try #require(try await history.value("select id from fallback_predictions", []) as Int64?)
        #expect(id < 0)
        // What refers to what: nothing reaches the table, and from it one comes to models only.
        let referring: Int? = try await history.value(
            "select count(*) from pg_constraint where contype = 'f' and confrelid = 'fallback_predictions'::regclass")
        #expect(referring == 0)
        let reached: String? = try await history.value(
            """
            select string_agg(confrelid::regclass::text, ',') from pg_constraint
            where contype = 'f' and conrelid = 'fallback_predictions'::regclass
            """)
        #expect(reached == "models")
        await refused("insert into evaluations select -1, 'home', true, 0, 0, 0, null, null, now()")
        await refused("update fallback_predictions set source = 'results'")
        await refused(
            """
            insert into predictions (id, model_id, fixture_id, made_at, deadline, home, draw, away, synthetic)
            overriding system value
            select -1, model_id, 1, made_at, kick_off, home, draw, away, false from fallback_predictions
            """)
        #expect(try await history.matches() == [])
        #expect(try await history.settlements() == [])
        #expect(try await history.latestPredictions(after: newYear) == [])
        #expect(try await history.fixtures(after: newYear).map(\.key) == [Example.key()])

        func refused(_ sql: String) async {
            let error = await #expect(throws: HistoryError.self) { try await history.execute(sql) }
            #expect(error?.reason == "rejected", "\(sql)")
        }
    }

    @Test func `it does not touch what a database of real rows may hold`() async throws {
        let (history, model) = try await prepared()
        _ = try await history.store([forecast(model)])
        #expect(try await history.counts(at: newYear).synthetic == false)
        #expect(try await history.counts(at: newYear).predictions == 0)
    }

    @Test func `silence begins when the last of the providers fails, and ends with any of them`() async throws {
        let history = try await TestDatabase.migrated().history()
        func at(_ hours: Double) -> Date { newYear.addingTimeInterval(hours * 3600) }
        let both = ["one", "two"]
        #expect(try await history.silence(of: both) == nil)
        try await history.note(["one": true, "two": true], at: at(0))
        try await history.note(["one": false, "two": true], at: at(1))
        #expect(try await history.silence(of: both) == nil)
        #expect(try await history.silence(of: ["one"]) == at(1))
        try await history.note(["one": false, "two": false], at: at(2))
        try await history.note(["one": false, "two": false], at: at(3))
        #expect(try await history.silence(of: both) == at(2))
        #expect(try await history.silence(of: both + ["never asked"]) == nil)
        try await history.note(["one": true], at: at(4))
        #expect(try await history.silence(of: both) == nil)
        try await history.note(["one": false], at: at(5))
        #expect(try await history.silence(of: both) == at(5))
        let heard: Date? = try await history.value("select last_success_at from feed_standing where provider = 'one'")
        #expect(heard == at(4))
    }
}
