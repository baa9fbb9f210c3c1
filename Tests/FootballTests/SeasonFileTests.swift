import Football
import FoundationEssentials
import TestSupport
import Testing

struct SeasonFileTests {
    static let header = "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,HS,AS,HST,AST,B365H,B365D,B365A"
    static let good = "E0,11/08/2023,20:00,Burnley,Man City,0,3,A,0,2,A,6,17,1,8,8.0,5.5,1.33"
    let season = Season(startYear: 2023)

    func decode(_ lines: String..., ending: String = "\r\n") throws(FeedError) -> DecodedFeed<Match> {
        let text = lines.map { $0 + ending }.joined()
        return try SeasonFile.decode(Array(text.utf8), division: "E0", season: season)
    }

    @Test(arguments: RealSeasons.all)
    func `every season of the Premier League is read whole`(season: Season) throws {
        let feed = try SeasonFile.decode(RealSeasons.file(season), division: "E0", season: season)
        #expect(feed.rows.count == 380)
        #expect(feed.quarantined == [])
        #expect(feed.skipped == 0)
        #expect(feed.rows.allSatisfy { $0.result.statistics.count == Statistic.allCases.count })
        #expect(feed.rows.allSatisfy { $0.fixture.odds[Quote(.bet365)] != nil })
        #expect(feed.rows.allSatisfy { ($0.fixture.kickOff != nil) == (season.startYear >= 2019) })
        let quotes = season.startYear >= 2019 ? 8 : season.startYear >= 2016 ? 5 : 1
        #expect(feed.rows.allSatisfy { $0.fixture.odds.count == quotes })
    }

    @Test func `a row becomes a match with kick-off in UTC, odds, half-time score and statistics`() throws {
        let match = try #require(try decode(Self.header, Self.good).rows.first)
        let day = try #require(Day(year: 2023, month: 8, day: 11))
        #expect(match.fixture.key == MatchKey(division: "E0", season: season, home: "Burnley", away: "Man City"))
        #expect(match.fixture.day == day)
        #expect(match.fixture.kickOff == day.start.addingTimeInterval(19 * 3600))
        #expect(match.fixture.odds == [Quote(.bet365): Odds(home: 8, draw: 5.5, away: 1.33)])
        #expect(match.result.goals == Sides(home: 0, away: 3))
        #expect(match.result.halfTimeGoals == Sides(home: 0, away: 2))
        #expect(match.result.statistics == [.shots: Sides(home: 6, away: 17), .shotsOnTarget: Sides(home: 1, away: 8)])
    }

    @Test func `columns are found by name, with a byte order mark, quotes and either line ending`() throws {
        let feed = try SeasonFile.decode(
            Array(
                "\u{FEFF}FTR,FTAG,FTHG,AwayTeam,HomeTeam,Div,Date,Extra\nA,3,0,\" Man City\",\"Burnley\",E0,11/08/23,\n"
                    .utf8),
            division: "E0", season: season
        )
        #expect(feed.rows.first?.fixture.key.away == "Man City")
        #expect(feed.rows.first?.fixture.kickOff == nil)
        #expect(try decode(Self.header, Self.good).rows == decode(Self.header, Self.good, ending: "\n").rows)
    }

    @Test func `blank lines and trailing empty columns are not rows`() throws {
        let feed = try decode(Self.header + ",,", "", Self.good + ",,,", ",,,,,,,", "")
        #expect(feed.rows.count == 1)
        #expect(feed.quarantined == [])
        #expect(feed.skipped == 0)
    }

    @Test func `a match without a result yet is skipped`() throws {
        let feed = try decode(Self.header, "E0,12/08/2023,15:00,Arsenal,Fulham,,,,,,,,,,,1.2,6.0,13.0", Self.good)
        #expect(feed.rows.count == 1)
        #expect(feed.skipped == 1)
    }

    @Test func `a header alone is a season that has not begun`() throws {
        #expect(try decode(Self.header).rows == [])
    }

    @Test func `an empty value costs its own quote or statistic and nothing else`() throws {
        let feed = try decode(Self.header, "E0,11/08/2023,,Burnley,Man City,0,3,A,,,,6,,1,8,8.0,,1.33")
        let match = try #require(feed.rows.first)
        #expect(match.fixture.odds == [:])
        #expect(match.result.halfTimeGoals == nil)
        #expect(match.result.statistics == [.shotsOnTarget: Sides(home: 1, away: 8)])
    }

    @Test(arguments: [
        ("13/08/05", 2005), ("13/08/99", 1999), ("14/08/93", 1993), ("15/08/92", 2092), ("5/8/2022", 2022),
    ])
    func `years have two or four digits`(date: String, year: Int) throws {
        let feed = try SeasonFile.decode(
            Array("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,\(date),Arsenal,Spurs,1,1,D\n".utf8),
            division: "E0", season: Season(startYear: year)
        )
        #expect(feed.rows.first?.fixture.day.civil.year == year)
    }

    @Test func `a file cut anywhere keeps its whole rows and refuses the last`() throws {
        let season = Season(startYear: 2022)
        let lines = try RealSeasons.file(season).split(separator: UInt8(ascii: "\n")).prefix(4)
        let whole = lines.map { $0 + [UInt8(ascii: "\n")] }.reduce([], +)
        for cut in 1..<(lines[3].count + 1) {
            let feed = try SeasonFile.decode(Array(whole.dropLast(cut)), division: "E0", season: season)
            let rest = lines[3].dropLast(cut - 1)
            if rest.isEmpty {
                #expect(feed.rows.count == 2 && feed.quarantined.isEmpty)
            } else if rest.count(where: { $0 == UInt8(ascii: ",") }) == 105 {
                // A cut within the last column, which nothing reads, leaves a whole row.
                #expect(feed.rows.count == 3 && feed.quarantined.isEmpty)
            } else {
                #expect(feed.rows.count == 2)
                #expect(feed.quarantined.map(\.rule) == [.fieldCount])
                #expect(feed.quarantined.map(\.line) == [4])
            }
        }
    }
}
