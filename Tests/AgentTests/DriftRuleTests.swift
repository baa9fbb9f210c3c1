import Drift
import Football
import FoundationEssentials
import Testing

@testable import Agent

@Suite struct DriftRuleTests {
    private let rule = DriftRule(settings: Settings.Drift())

    /// Matches a day apart with odds of some margin, which a bookmaker changes from a match on.
    private func matches(_ count: Int, marginFrom change: Int = .max) -> [Match] {
        var draws = SplitMix(seed: 7)
        return (0..<count).map { place in
            let margin = (place >= change ? 0.055 : 0.03) + draws.unit() * 0.004
            let home = 0.3 + draws.unit() * 0.3
            let probabilities = [home, 0.25, 0.75 - home]
            let odds = probabilities.map { 1 / ($0 * (1 + margin)) }
            let goals = Sides(home: draws.below(4), away: draws.below(3))
            let statistics = Dictionary(
                uniqueKeysWithValues: Statistic.allCases.map {
                    ($0, Sides(home: draws.below(20), away: draws.below(20)))
                })
            return Match(
                fixture: Fixture(
                    key: MatchKey(
                        division: "E0", season: Season(startYear: 2020 + place / 380), home: "H\(place)", away: "A"),
                    day: Day(number: 18_500 + Int32(place)), kickOff: nil,
                    odds: [Quote(.bet365): Odds(home: odds[0], draw: odds[1], away: odds[2])]),
                result: MatchResult(goals: goals, halfTimeGoals: nil, statistics: statistics))
        }
    }

    @Test func `the reference ends where the window begins, or where the champion's training ended`() {
        #expect(rule.places(before: 1_000).reference == 430..<810)
        #expect(rule.places(before: 1_000).current == 810..<1_000)
        #expect(rule.places(before: 1_000, trainedOn: 700).reference == 320..<700)
        #expect(rule.places(before: 1_000, trainedOn: 900).reference == 430..<810)
        #expect(rule.places(before: 100).reference.isEmpty)
        #expect(rule.places(before: 100).current == 0..<100)
    }

    @Test func `every column but the margin is judged, and the outcome as a category`() {
        let names = DriftTable.features.map(\.name)
        #expect(names.count == MatchColumns.names.count)
        #expect(!names.contains("overround") && names.last == "outcome")
        let table = DriftTable(matches(760))
        #expect(table.values.allSatisfy { $0.count == 760 })
        let comparison = rule.compare(table, rule.places(before: 760))
        #expect(comparison.map(\.name) == names)
        #expect(comparison.allSatisfy { $0.state == .ok })
    }

    @Test func `a margin that jumps is reported and none of the judged columns with it`() throws {
        let table = DriftTable(matches(760, marginFrom: 700))
        let margin = try #require(rule.margin(table, before: 760))
        #expect(margin.isDetected)
        #expect((0.012...0.018).contains(margin.shift), "\(margin)")
        #expect(margin.matches == 100)
        #expect(try #require(rule.margin(table, before: 700)).isDetected == false)
        #expect(rule.margin(table, before: 150) == nil)
        #expect(rule.compare(table, rule.places(before: 760)).allSatisfy { $0.state == .ok })
    }

    @Test func `a feature that was found changed is compared with the matches since, and a second change is found`()
        throws
    {
        let feature = try #require(DriftTable.features.firstIndex { $0.name == "home_shots" })
        var table = DriftTable(matches(1_200))
        table.change(feature, from: 500) { $0 + 8 }
        let found = ["home_shots": 560, "away_shots": 560]
        #expect(rule.changedAgain(table, since: found).isEmpty)
        #expect(rule.changedAgain(table, since: [:]).isEmpty)
        table.change(feature, from: 1_080) { $0 + 8 }
        #expect(rule.changedAgain(table, since: found) == ["home_shots"])
        // Too few matches since: nothing is said.
        #expect(rule.changedAgain(table, since: ["home_shots": 1_001]).isEmpty)
    }

    @Test func `seasons drawn from the history keep their blocks, and are the same each time`() throws {
        let matches = matches(800)
        let pool = DriftReplay.Pool(matches)
        var (one, other) = (DriftReplay(), DriftReplay())
        for _ in 0..<2 {
            one.extend(pool, rule: rule)
            other.extend(pool, rule: rule)
        }
        #expect(one == other)
        #expect(one.seasons == 2)
        #expect(try #require(one.ratio) <= 0.5)
        var tooFew = DriftReplay()
        tooFew.extend(DriftReplay.Pool(Array(matches.prefix(700))), rule: rule)
        #expect(tooFew.ratio == nil)
    }

    @Test func `an injected change is found, and how long it took is said`() throws {
        let replay = WindowReplay(matches(1_600), rule: rule, seed: 1)
        let injection = try #require(WindowReplay.injections.first { $0.feature == nil && $0.shift > 0.02 })
        let delay = try replay.delay(of: injection, 2, step: {})
        #expect(delay.found == 2)
        #expect((20...100).contains(try #require(delay.medianMatches)))
    }
}
