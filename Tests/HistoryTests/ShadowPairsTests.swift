import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct ShadowPairsTests {
    private func forecast(_ model: Int64, _ fixture: Fixture, home: Double, hours: Double = 0, shadow: Bool = false)
        -> Prediction
    {
        var forecast = Example.prediction(model: model, of: fixture, hours: hours, home: home)
        forecast.shadow = shadow
        return forecast
    }

    @Test func `a match counts by the latest served and the latest kept beside it, whichever model served`()
        async throws
    {
        let history = try await TestDatabase.migrated().history()
        let homes = ["Hull", "Bury", "York", "Bath"]
        let fixtures = homes.enumerated().map { Example.fixture($1, hours: 30 + Double($0)) }
        _ = try await history.record(Example.ingest(fixtures: fixtures))
        let champion = try await history.store(Example.model(seed: 1))
        let candidate = try await history.register(
            Example.model(seed: 2), .example("due"), verdict: .rejected(.example("worse")))
        _ = try await history.store([
            forecast(champion, fixtures[0], home: 0.5), forecast(candidate, fixtures[0], home: 0.3, shadow: true),
            // A share of the matches is served from the candidate.
            forecast(champion, fixtures[1], home: 0.5, shadow: true), forecast(candidate, fixtures[1], home: 0.4),
            // Nobody forecast it beside the champion.
            forecast(champion, fixtures[2], home: 0.5),
            // The candidate was promoted before the match: there is nothing to compare it with.
            forecast(candidate, fixtures[3], home: 0.4, shadow: true),
        ])
        _ = try await history.store([
            forecast(candidate, fixtures[0], home: 0.35, hours: 2, shadow: true),
            forecast(candidate, fixtures[3], home: 0.4, hours: 2),
        ])
        #expect(try await history.shadowPairs(limit: 10) == [], "nothing is settled")
        _ = try await history.record(Example.ingest(matches: fixtures.map { Example.match($0) }))
        _ = try await history.store(try await history.settlements().map(Example.evaluation))
        let pairs = try await history.shadowPairs(limit: 10)
        #expect(pairs.map(\.key.home) == ["Bury", "Hull"])
        #expect(pairs.map(\.candidate.home) == [0.4, 0.35] && pairs.map(\.champion.home) == [0.5, 0.5])
        #expect(pairs.allSatisfy { $0.outcome == .home })
        #expect(try await history.shadowPairs(limit: 3).map(\.key.home) == ["Bury"], "of the newest matches alone")
    }
}
