import Football
import FoundationEssentials
import TestSupport
import Testing

extension UntimedJourneys {
    /// Another league than the Premier League, as somebody would watch it who has read the README.
    struct OtherLeagueTests {
        private static let clubs = ["Chelsea", "Fulham", "Liverpool", "Burnley", "Brentford", "Luton"].map(
            OtherLeague.club)

        /// Three matches in four days; one of them has no odds, and none has Pinnacle's.
        private func fixtures() -> String {
            let (year, month, day) = Day(containing: Date()).advanced(by: 4).civil
            let date = "\(day < 10 ? "0" : "")\(day)/\(month < 10 ? "0" : "")\(month)/\(year)"
            let rows = ["2.1,3.4,3.7,2.05,3.3,3.6", "1.4,4.8,8,1.38,4.7,7.6", ",,,,,"].enumerated().map {
                "SP1,\(date),17:30,\(Self.clubs[2 * $0]),\(Self.clubs[2 * $0 + 1]),\($1)"
            }
            let header = "Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A,AvgH,AvgD,AvgA"
            return ([header, "E0,\(date),15:00,Arsenal,Everton,1.5,4.2,7,1.52,4.3,6.8"] + rows)
                .joined(separator: "\r\n") + "\r\n"
        }

        @Test(.timeLimit(.minutes(6)))
        func `a league of eighteen clubs is fetched, learnt, forecast and scored by its code alone`() async throws {
            let feed = try LeagueFeed(fixtures: fixtures())
            for year in 2020...2023 {
                let season = Season(startYear: year)
                let file = try OtherLeague.file(season)
                feed.answer("/mmz4281/\(season.code)/SP1.csv") { _ in LoopbackResponse(body: .bytes(file)) }
            }
            let configuration = """
                feed: {base_url: "\(feed.url)", division: SP1, first_season: 2020/21, last_season: 2023/24, pause: 0s}
                schedule: {ingest: "@every 1s", predict: "@every 1s", train: 0 0 1 1 *, jitter: 0s}
                model: {trees: 20}
                """
            try await withHome { home in
                try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_forecasts", within: .seconds(240)) { $0 == 3 }
                    let page = try await agent.metrics()
                    #expect(page["touchline_history_matches"] == 1_224)
                    #expect(page["touchline_history_quarantined_rows"] == 0)
                    #expect(page.sum("touchline_season_audit_findings") == 0)
                    #expect(page.sum("touchline_job_failures_total") == 0)
                    let forecasts = try await agent.forecasts().forecasts
                    #expect(Set(forecasts.flatMap { [$0.home, $0.away] }) == Set(Self.clubs))
                    #expect(forecasts.count { $0.market == nil } == 1)
                    // Each club's strength is known, so that even without odds the three are not alike.
                    #expect(Set(forecasts.map(\.probabilities.home)).count == 3)
                }
                let table = try await home.succeeds([
                    "backtest", "--from=2022", "--to=2022", "--features=no-odds",
                ])
                #expect(table.contains("2022/23  306"), "\(table)")
                #expect(try await home.succeeds(["predict"]).contains(Self.clubs[0]))
            }
        }
    }
}
