import Football
import Testing

struct DataQualityTests {
    private func matches() throws -> (newest: [Match], earlier: [Match]) {
        let all = try SharedData.matches.get()
        return (Array(all.suffix(380)), Array(all.dropLast(380).suffix(1_520)))
    }

    @Test func `a real season is complete and has hardly an outlier`() throws {
        let (newest, earlier) = try matches()
        for quality in DataQuality(newest: newest, earlier: earlier).groups {
            #expect(quality.missing == 0)
            #expect(quality.duplicates == 0)
            #expect(try #require(quality.outliers) < 0.001, "\(quality)")
            #expect(quality.score > 0.999)
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
}
