import Football
import FoundationEssentials
import Simulation
import Testing

struct StandInRoundsTests {
    private static let season = Season(startYear: 2023)
    private static let played = SimulatedLeague(seed: 3).season(season)
    /// Until Sunday 5 November 2023.
    private static let silence = Date(timeIntervalSince1970: 1_699_200_000)
    private static let named = Set(played.filter { $0.fixture.forecastDeadline < silence }.map(\.fixture.key))
    private static let rounds = StandInRounds(season, division: SimulatedLeague.division, named: named, seed: 1)

    private func fixtures(days: ClosedRange<Double>) -> [Fixture] {
        let bounds = [days.lowerBound, days.upperBound].map { Self.silence.addingTimeInterval($0 * 86_400) }
        return Self.rounds.fixtures(after: Self.silence, in: bounds[0]...bounds[1])
    }

    @Test func `each Saturday has ten pairs that no feed named, and nobody plays twice`() {
        let fixtures = fixtures(days: 0...14)
        #expect(fixtures.count == 20)
        #expect(Set(fixtures.map(\.day)).map(\.description).sorted() == ["2023-11-11", "2023-11-18"])
        #expect(Self.named.isDisjoint(with: fixtures.map(\.key)))
        #expect(Set(fixtures.map(\.key)).count == 20)
        for (_, round) in Dictionary(grouping: fixtures, by: \.day) {
            #expect(Set(round.flatMap { [$0.key.home, $0.key.away] }).count == 20)
        }
        #expect(fixtures.allSatisfy { $0.odds.isEmpty })
    }

    @Test func `a fixture stays where it is, whenever it is asked for`() {
        let all = fixtures(days: 0...60)
        #expect(
            fixtures(days: 10...24)
                == all.filter { (10...24).contains($0.forecastDeadline.timeIntervalSince(Self.silence) / 86_400) })
        let other = StandInRounds(Self.season, division: SimulatedLeague.division, named: Self.named, seed: 2)
        let span = Self.silence...Self.silence.addingTimeInterval(60 * 86_400)
        #expect(other.fixtures(after: Self.silence, in: span) != all)
    }

    @Test func `the season ends in May with each pair at most once, and an unknown season has no fixtures`() {
        let all = fixtures(days: 0...400)
        #expect(all.count > 250)
        #expect(Set(all.map(\.key)).count == all.count)
        #expect(all.allSatisfy { $0.day.description < "2024-06-01" })
        let next = StandInRounds(Season(startYear: 2024), division: "SIM", named: Self.named, seed: 1)
        let span = Self.silence...Self.silence.addingTimeInterval(400 * 86_400)
        #expect(next.fixtures(after: Self.silence, in: span) == [])
    }

    @Test func `odds are fair but for the usual margin`() {
        let probabilities = OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2)
        let odds = StandInRounds.odds(for: probabilities)
        #expect(abs(odds.overround - SimulatedLeague.usualMargin) < 0.01)
        #expect(odds.isSane)
        #expect(abs(odds.impliedProbabilities.home - 0.5) < 0.01)
        #expect(StandInRounds.odds(for: OutcomeProbabilities(home: 1, draw: 0, away: 0)).home >= 1.01)
    }
}
