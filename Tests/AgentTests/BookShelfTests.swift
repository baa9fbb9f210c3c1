import Football
import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

struct BookShelfTests {
    private static let seasons = Result { try [2021, 2022].flatMap(Self.season) }

    @Test func `a shelf that grew forecasts bit for bit as one that was read anew`() async throws {
        let all = LeagueBook.ordered(try Self.seasons.get())
        let model = try await Example.model()
        var shelf = BookShelf()
        // In the middle of a day, at its end, and across the turn of the season.
        for count in [300, 305, 380, 384, 386, 500, 740] {
            shelf.advance(to: Array(all.prefix(count)))
            let ahead = all[count..<count + 15].map(\.fixture).filter { $0.day > all[count - 1].fixture.day }
            #expect(ahead.count > 1)
            var grown = shelf.desk(model, fixtures: ahead)
            var anew = ForecastDesk(model: model, matches: Array(all.prefix(count)), fixtures: ahead)
            for fixture in ahead {
                let (one, other) = (try grown.forecast(fixture), try anew.forecast(fixture))
                #expect(one.probabilities == other.probabilities && one.tier == .market)
            }
        }
        #expect(shelf.matchesRead < 900)
    }

    @Test func `a shelf reads nothing twice, and everything anew when the past changed`() throws {
        let all = LeagueBook.ordered(try Self.seasons.get())
        var shelf = BookShelf()
        shelf.advance(to: Array(all.prefix(400)))
        let read = shelf.matchesRead
        #expect(read == 400)
        shelf.advance(to: Array(all.prefix(400)))
        #expect(shelf.matchesRead == read)
        shelf.advance(to: Array(all.prefix(400)).reversed())
        #expect(shelf.matchesRead - read <= 400)
        let corrected = all.prefix(400).enumerated().map { index, match in
            index != 10
                ? match
                : Match(
                    fixture: match.fixture,
                    result: MatchResult(goals: Sides(home: 9, away: 0), halfTimeGoals: nil, statistics: [:]))
        }
        let before = shelf.matchesRead
        shelf.advance(to: corrected)
        #expect(shelf.matchesRead == before + 400)
        shelf.advance(to: [])
        #expect(shelf.matchesRead == before + 400)
    }

    @Test func `a fixture is forecast in microseconds once its day is open`() async throws {
        let all = LeagueBook.ordered(try Self.seasons.get())
        let fixture = all[700].fixture
        let model = try await Example.model()
        var desk = ForecastDesk(model: model, matches: Array(all.prefix { $0.fixture.day < fixture.day }))
        _ = try desk.forecast(fixture)
        let clock = ContinuousClock()
        let times = try (0..<200).map { _ in
            try clock.measure { _ = try desk.forecast(fixture) }
        }.sorted()
        // The release build takes a hundredth of this; the bound is for debug builds on busy machines.
        #expect(times[100] < .milliseconds(5), "\(times[100])")
    }

    private static func season(_ year: Int) throws -> [Match] {
        let season = Season(startYear: year)
        let file = try Data(contentsOf: SharedData.url("football-data.co.uk/mmz4281/\(season.code)/E0.csv"))
        return try SeasonFile.decode(Array(file), division: "E0", season: season).rows
    }
}
