import TestSupport
import Testing

@testable import Football

struct OtherLeagueTests {
    private func matches(_ season: Season) throws -> [Match] {
        let feed = try SeasonFile.decode(
            OtherLeague.file(season), division: OtherLeague.division, season: season)
        #expect(feed.quarantined.isEmpty)
        return feed.rows
    }

    @Test(arguments: RealSeasons.all)
    func `seasons of eighteen clubs are whole`(season: Season) throws {
        let rows = try matches(season)
        #expect(rows.count == 18 * 17)
        #expect(SeasonAudit(rows, season: season).findings == [])
    }

    @Test func `a club that is missing from a season is found, and a league that splits in spring is none the worse`()
        throws
    {
        let season = Season(startYear: 2023)
        let rows = try matches(season)
        let gone = rows.filter { match in
            ![match.fixture.key.home, match.fixture.key.away].contains(OtherLeague.club("Chelsea"))
        }
        #expect(Set(SeasonAudit(gone, season: season).findings.map(\.rule)) == [.teams, .matches])
        #expect(
            SeasonAudit(Array(rows.dropLast()), season: season).findings.first?.detail == "305 matches instead of 306")
        #expect(SeasonAudit(rows + rows.prefix(40), season: season).findings == [])
    }

    @Test func `its features and opinions need neither Pinnacle nor the average`() throws {
        let seasons = [2020, 2021, 2022].map(Season.init(startYear:))
        let (rows, _) = LeagueBook.rows(for: try seasons.flatMap(matches))
        #expect(rows.allSatisfy { LeagueBook.market(in: $0.features) != nil && $0.match.fixture.closingOpinion != nil })
        let columns = FeatureSet.market.columns
        #expect(rows.suffix(150).allSatisfy { row in columns.allSatisfy { row.features[$0].isFinite } })
    }

    @Test func `a season that begins in July or ends in August is read, and its fixtures know their season`() throws {
        let season = Season(startYear: 2022)
        let row = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nSP1,DAY,A,B,1,0,H\n"
        for (day, isRead) in [("29/07/2022", true), ("02/08/2023", true), ("30/06/2022", false), ("20/08/2023", false)]
        {
            let file = Array(row.replacing("DAY", with: day).utf8)
            #expect(try SeasonFile.decode(file, division: "SP1", season: season).rows.isEmpty != isRead, "\(day)")
        }
        let fixtures = Array("Div,Date,HomeTeam,AwayTeam\nSP1,29/07/2022,A,B\nSP1,30/07/2020,A,B\n".utf8)
        let found = try FixturesFile.decode(fixtures, division: "SP1").rows.map(\.key.season.startYear)
        #expect(found == [2022, 2019])
    }
}
