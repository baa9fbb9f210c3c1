import Football
import Testing

struct SeasonFileTests {
    @Test(arguments: SharedData.seasons)
    func `every season of the Premier League is read whole`(season: Season) throws {
        let feed = try SeasonFile.decode(SharedData.seasonFile(season), division: "E0", season: season)
        #expect(feed.rows.count == 380)
        #expect(feed.quarantined == [])
        #expect(feed.skipped == 0)
        #expect(feed.rows.allSatisfy { $0.result.statistics.count == Statistic.allCases.count })
        #expect(feed.rows.allSatisfy { $0.fixture.odds[Quote(.bet365)] != nil })
        #expect(feed.rows.allSatisfy { ($0.fixture.kickOff != nil) == (season.startYear >= 2019) })
    }
}
