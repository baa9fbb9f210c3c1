import Football
import TestSupport
import Testing

struct FeedEncoderTests {
    @Test(arguments: RealSeasons.all)
    func `a real season comes back from its own encoding unchanged`(season: Season) throws {
        let matches = try SeasonFile.decode(RealSeasons.file(season), division: "E0", season: season).rows
        let feed = try SeasonFile.decode(SeasonFile.encode(matches), division: "E0", season: season)
        #expect(feed.rows == matches)
        let fixtures = matches.map(\.fixture)
        #expect(try FixturesFile.decode(FixturesFile.encode(fixtures), division: "E0").rows == fixtures)
    }

    @Test func `names with separators and quotes survive, and so does midnight in summer`() throws {
        let season = Season(startYear: 2023)
        let day = try #require(Day(year: 2023, month: 8, day: 12))
        let fixture = Fixture(
            key: MatchKey(division: "E1", season: season, home: "A, \"the\" B", away: "C"),
            day: day, kickOff: day.london(hour: 0, minute: 30), odds: [:]
        )
        #expect(try FixturesFile.decode(FixturesFile.encode([fixture]), division: "E1").rows == [fixture])
    }
}
