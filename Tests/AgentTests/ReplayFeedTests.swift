import Football
import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

/// The feed of a replay shows what was known, and no more.
struct ReplayFeedTests {
    @Test(.timeLimit(.minutes(1)))
    func `results appear on the morning after, fixtures a week ahead without closing odds`() async throws {
        let data = try Data(contentsOf: SharedData.url("football-data.co.uk/mmz4281/2122/E0.csv"))
        let season = Season(startYear: 2021)
        let matches = try SeasonFile.decode(Array(data), division: "E0", season: season).rows
        let instant = ReplayedInstant(try #require(Day(year: 2021, month: 8, day: 1)).start)
        let options = try Backfill.Options(
            data: "", from: "2021-08-01", to: "2021-08-01", every: "1d", directory: "/nowhere")
        let backfill = Backfill(options, settings: Example.settings())
        try await backfill.withFeed(ReplayFeed(matches, division: "E0", at: instant)) { port in
            for day in 1...31 {
                let now = try #require(Day(year: 2021, month: 8, day: day)).start.addingTimeInterval(6 * 3600)
                instant.advance(to: now)
                let file = try await RawExchange.send("GET", "/mmz4281/2122/E0.csv", port: port)
                let played = matches.filter { $0.fixture.day < Day(containing: now) }
                #expect(file.status == (played.isEmpty ? 404 : 200))
                if file.status == 200 {
                    let shown = try SeasonFile.decode(file.body, division: "E0", season: season).rows
                    #expect(shown.count == played.count, "\(day) August")
                }
                let ahead = try await RawExchange.send("GET", "/fixtures.csv", port: port)
                let fixtures = try FixturesFile.decode(ahead.body, division: "E0").rows
                #expect(fixtures.allSatisfy { $0.forecastDeadline > now && !$0.odds.isEmpty })
                #expect(fixtures.allSatisfy { $0.forecastDeadline <= now.addingTimeInterval(7 * 86_400) })
                #expect(fixtures.allSatisfy { $0.odds.keys.allSatisfy { !$0.closing } })
            }
        }
    }
}
