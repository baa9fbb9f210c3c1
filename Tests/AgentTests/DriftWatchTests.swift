import Drift
import Football
import FoundationEssentials
import History
import Simulation
import Testing

@testable import Agent

@Suite struct DriftWatchTests {
    private let league = SimulatedLeague(seed: 3)

    private func matches() -> [Match] {
        (2020...2022).flatMap { league.season(Season(startYear: $0)) }
    }

    /// The states of what the champion says of the outcomes, and how many matches they rest on.
    private func forecasts(_ matches: [Match], champion: ServingModel?) async throws -> [FeatureDrift] {
        var watch = DriftWatch(Settings.Drift(), trainedAt: nil, champion: champion)
        watch.replayBudget = .zero
        // Another model forecast these, and thought otherwise: that is no drift.
        let evaluations = Example.evaluations(count: 600, withOdds: 0)
        return try await watch.report(
            matches, evaluations, FindingLedger([]), replay: DriftReplay(), now: Example.instant
        ).columns.filter { $0.name.hasPrefix("forecast_") }
    }

    @Test func `one champion's forecasts of the newest matches and of those before are compared`() async throws {
        let columns = try await forecasts(matches(), champion: Example.model())
        #expect(columns.map(\.name) == ["forecast_home", "forecast_draw", "forecast_away"])
        #expect(columns.allSatisfy { $0.state == .ok && $0.referenceCount == 380 && $0.currentCount == 190 })
        let none = try await forecasts(matches(), champion: nil)
        #expect(none.allSatisfy { $0.state == .insufficientData && $0.currentCount == 0 })
    }

    @Test func `odds that turn against the hosts move the champion's forecasts`() async throws {
        let all = matches()
        let turned = all.enumerated().map { place, match in
            guard place >= all.count - 190 else { return match }
            let fixture = match.fixture
            let odds = fixture.odds.mapValues { Odds(home: 1 + 2 * ($0.home - 1), draw: $0.draw, away: $0.away / 1.3) }
            return Match(
                fixture: Fixture(key: fixture.key, day: fixture.day, kickOff: fixture.kickOff, odds: odds),
                result: match.result)
        }
        let columns = try await forecasts(turned, champion: Example.model())
        #expect(columns.first?.state == .drifted)
    }
}
