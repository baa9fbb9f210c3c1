import Football
import FoundationEssentials
import Testing

struct FixturesFileTests {
    private let header = "\u{FEFF}Div,Date,Time,HomeTeam,AwayTeam,Referee,B365H,B365D,B365A,AvgH,AvgD,AvgA"

    @Test func `one division's fixtures are read and the others skipped`() throws {
        let file = """
            \(header)
            E0,16/03/2024,15:00,Burnley,Brentford,,3.1,3.4,2.3,3.0,3.4,2.3
            E1,broken
            SC0,99/99/9999,15:00,X,X,,0,0,0,0,0,0
            E0,31/03/2024,16:30,Man City,Arsenal,,,,,1.9,3.8,3.9

            """
        let feed = try FixturesFile.decode(Array(file.utf8), division: "E0")
        #expect(feed.rows.map(\.key.home) == ["Burnley", "Man City"])
        #expect(feed.rows.map(\.key.season) == [Season(startYear: 2023), Season(startYear: 2023)])
        // The clocks go forward on 31 March 2024.
        #expect(feed.rows[0].kickOff == Day(year: 2024, month: 3, day: 16)?.start.addingTimeInterval(15 * 3600))
        #expect(feed.rows[1].kickOff == Day(year: 2024, month: 3, day: 31)?.start.addingTimeInterval(15.5 * 3600))
        #expect(feed.rows[1].odds == [Quote(.average): Odds(home: 1.9, draw: 3.8, away: 3.9)])
        #expect(feed.skipped == 1 + 1)
        #expect(feed.quarantined == [])
    }

    @Test func `a cut or nameless division is refused, not skipped`() throws {
        let feed = try FixturesFile.decode(
            Array("\(header)\n,16/03/2024,15:00,Leeds,Hull,,,,,,,\nE0,16/03/2024,15:00,Leeds,Leeds,,,,,,,\nE".utf8),
            division: "E0"
        )
        #expect(feed.quarantined.map(\.rule) == [.division, .sameTeam, .fieldCount])
        #expect(feed.quarantined.map(\.line) == [2, 3, 4])
    }

    @Test func `the market's odds are Bet365's, else the average, Pinnacle's, the highest, and never closing ones`()
        throws
    {
        let key = MatchKey(division: "E0", season: Season(startYear: 2023), home: "A", away: "B")
        var odds: [Quote: Odds] = [:]
        func market() -> Double? {
            Fixture(key: key, day: Day(number: 0), kickOff: nil, odds: odds).marketOdds?.home
        }
        for bookmaker in Bookmaker.allCases { odds[Quote(bookmaker, closing: true)] = Odds(home: 9, draw: 9, away: 9) }
        #expect(market() == nil)
        for (step, bookmaker) in [Bookmaker.maximum, .pinnacle, .average, .bet365].enumerated() {
            odds[Quote(bookmaker)] = Odds(home: Double(step + 2), draw: 3, away: 3)
            #expect(market() == Double(step + 2))
        }
    }
}
