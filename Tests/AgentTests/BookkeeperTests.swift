import Football
import History
import TestSupport
import Testing

@testable import Agent

struct BookkeeperTests {
    @Test func `forecasts come from memory until a match is new or another`() async throws {
        let shop = try await Workshop(seasons: 1, kept: 300)
        let model = try await Example.model()
        let keeper = Bookkeeper()
        let fixture = shop.matches[379].fixture

        func forecast() async throws -> ServingModel.Forecast {
            var desk = try await keeper.shelf(shop.history).desk(model, fixtures: [fixture])
            return try desk.forecast(fixture)
        }
        let first = try await forecast()
        #expect(try await forecast().probabilities == first.probabilities)
        #expect(await keeper.readings == 1)

        // A fixture ahead, and its odds, are no match.
        try await announce(shop.matches[350].fixture, in: shop)
        #expect(try await forecast().probabilities == first.probabilities)
        #expect(await keeper.readings == 1)

        try await shop.keep(shop.matches[300..<310])
        _ = try await forecast()
        #expect(await keeper.readings == 2)

        let old = shop.matches[5]
        let goals = Sides(home: old.result.goals.away + 1, away: old.result.goals.home)
        let corrected = Match(
            fixture: old.fixture,
            result: MatchResult(goals: goals, halfTimeGoals: nil, statistics: old.result.statistics))
        try await shop.keep([corrected])
        let found = try await forecast()
        #expect(await keeper.readings == 3)
        var anew = ForecastDesk(model: model, matches: try await shop.history.matches(), fixtures: [fixture])
        #expect(try anew.forecast(fixture).probabilities == found.probabilities)
    }

    private func announce(_ fixture: Fixture, in shop: Workshop) async throws {
        _ = try await shop.history.record(
            Ingest(
                source: "simulation", url: "ahead", at: Example.instant, matches: [], fixtures: [fixture],
                quarantined: [], etag: nil, lastModified: nil, synthetic: true))
    }
}
