import Football
import TestSupport
import Testing

struct DataQualityTests {
    private func matches() throws -> (newest: [Match], earlier: [Match]) {
        let all = try RealSeasons.everyMatch.get()
        return (Array(all.suffix(380)), Array(all.dropLast(380).suffix(1_520)))
    }

    @Test func `a real season is complete and has hardly an outlier`() throws {
        let (newest, earlier) = try matches()
        for quality in DataQuality(newest: newest, earlier: earlier).groups {
            #expect(quality.missing == 0)
            #expect(quality.duplicates == 0)
            #expect(try #require(quality.outliers) < 0.001, "\(quality)")
            #expect(try #require(quality.score) > 0.999)
        }
    }

    @Test func `what is missing, wild or repeated lowers its own group's score`() throws {
        let (newest, earlier) = try matches()
        let spoilt = newest.enumerated().map { place, match in
            let source = place < 38 ? newest[0] : match
            var statistics = source.result.statistics
            if place >= 38, place < 76 { statistics[.fouls] = Sides(home: 99, away: 99) }
            let fixture = match.fixture
            return Match(
                fixture: Fixture(
                    key: fixture.key, day: fixture.day, kickOff: fixture.kickOff,
                    odds: place < 190 ? [:] : fixture.odds),
                result: MatchResult(
                    goals: match.result.goals, halfTimeGoals: match.result.halfTimeGoals, statistics: statistics))
        }
        let groups = DataQuality(newest: spoilt, earlier: earlier).groups
        let byGroup = Dictionary(uniqueKeysWithValues: groups.map { ($0.group, $0) })
        #expect(byGroup[.odds]?.missing == 0.5)
        #expect(byGroup[.odds]?.score ?? 1 < 0.51)
        #expect(byGroup[.statistics]?.duplicates == 37.0 / 380)
        let outliers = try #require(byGroup[.statistics]?.outliers)
        #expect((0.016...0.018).contains(outliers))
        #expect(byGroup[.goals]?.score ?? 0 > 0.999)
    }

    @Test func `without history there is no verdict on outliers`() throws {
        let (newest, _) = try matches()
        let groups = DataQuality(newest: newest, earlier: []).groups
        #expect(groups.allSatisfy { $0.outliers == nil && $0.score == 1 })
    }

    private func without(
        _ matches: [Match], _ statistics: Bool, _ odds: Bool
    ) -> [Match] {
        matches.map { match in
            Match(
                fixture: Fixture(
                    key: match.fixture.key, day: match.fixture.day, kickOff: match.fixture.kickOff,
                    odds: odds ? [:] : match.fixture.odds),
                result: MatchResult(
                    goals: match.result.goals, halfTimeGoals: match.result.halfTimeGoals,
                    statistics: statistics ? [:] : match.result.statistics))
        }
    }

    @Test func `a group that is gone altogether is as bad as can be, and one that never was is not judged`() throws {
        let (newest, earlier) = try matches()
        func score(_ newest: [Match], _ earlier: [Match]) -> (statistics: Double?, odds: Double?) {
            let groups = DataQuality(newest: newest, earlier: earlier).groups
            return (
                groups.first { $0.group == .statistics }?.score, groups.first { $0.group == .odds }?.score
            )
        }
        let gone = score(without(newest, true, false), earlier)
        #expect(gone.statistics == 0)
        #expect(gone.odds ?? 0 > 0.999)
        let never = score(without(newest, true, false), without(earlier, true, false))
        #expect(never.statistics == nil)
        // A column that a feed adds within the season is no fault of the matches before it.
        let late = score(
            without(Array(newest.prefix(300)), true, false) + newest.suffix(80), without(earlier, true, false))
        #expect(late.statistics == nil)
        let lost = score(newest.prefix(300) + without(Array(newest.suffix(80)), true, true), [])
        #expect(try #require(lost.statistics) < 0.8)
        #expect(try #require(lost.odds) < 0.8)
    }
}
