import Football
import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension UntimedJourneys {
    /// The fantasy game's and football-data.org's real payloads, without football-data.co.uk and beside it.
    struct ThreeFeedsTests {
        private static let token = "not-a-real-token"

        private struct Payloads {
            let fantasy: [UInt8]
            let teams: [UInt8]
            let organisation: [UInt8]

            init() throws {
                func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: SharedData.url(path))) }
                fantasy = try bytes("fpl/fixtures.json")
                teams = try bytes("fpl/bootstrap-static.json")
                organisation = try bytes("football-data.org/PL-matches-scheduled.json")
            }

            /// Every announcement of both.
            func announcements() throws -> [Announcement] {
                try FantasyFeed.decode(fantasy, teams: FantasyFeed.teams(teams).names, division: "E0").rows
                    + OrganisationFeed.decode(organisation, division: "E0").rows
            }

            func answer(_ request: LoopbackRequest) -> LoopbackResponse? {
                switch request.path {
                case "/api/fixtures/": LoopbackResponse(body: .bytes(fantasy))
                case "/api/bootstrap-static/": LoopbackResponse(body: .bytes(teams))
                case "/v4/competitions/PL/matches":
                    request.headers["x-auth-token"] == token
                        ? LoopbackResponse(body: .bytes(organisation)) : .status(403)
                default: nil
                }
            }
        }

        private func configuration(_ url: String, _ feed: String) -> String {
            """
            feed:
              fantasy: true
              fantasy_url: "\(url)"
              football_data_org_url: "\(url)"
              football_data_org_token_file: token
              pause: 0s
              \(feed)
            schedule: {ingest: "@every 1s", jitter: 0s}
            """
        }

        @Test(.timeLimit(.minutes(2)))
        func `two feeds without the third fill the fixture list, and what is late by their word is overdue`()
            async throws
        {
            let payloads = try Payloads()
            let server = try LoopbackServer { payloads.answer($0) ?? .status(404) }
            try await withHome { home in
                try Self.token.write(toFile: "\(home.folder)/token", atomically: true, encoding: .utf8)
                try await withAgent(home, configuration(server.url(""), "football_data_co_uk: false")) { agent in
                    try await agent.waits(#"touchline_job_runs_total{job_name="ingest"}"#) { $0 >= 2 }
                    let page = try await agent.metrics()
                    let failures = "select count(*) from job_runs where job = 'ingest' and outcome <> 'succeeded'"
                    #expect(try await home.number(failures) == 0)
                    #expect(page.sum("touchline_rows_quarantined_total") == 0)
                    #expect(page["touchline_history_matches"] == 1)
                    #expect(try await home.number("select count(*) from fixtures") == 380 + 109)
                    #expect(try await home.number("select count(*) from announcements") == 380 + 109)
                    #expect(
                        try await home.texts(
                            "select home || ' ' || home_goals || '-' || away_goals || ' ' || away from matches m "
                                + "join fixtures f on f.id = m.fixture_id") == ["Arsenal 3-0 Coventry"])
                    let now = Date()
                    let agenda = try payloads.announcements().compactMap { announcement in
                        announcement.fixture.map { fixture in
                            AgendaItem(
                                key: fixture.key, day: fixture.day, kickOff: fixture.kickOff, isOff: false,
                                hasResult: announcement.status == .finished, hasOdds: false)
                        }
                    }.filter { $0.key.season.startYear >= Season(containing: Day(containing: now)).startYear - 1 }
                    let limits = Freshness.Limits(resultLag: 4 * 86_400, oddsLead: 7_200, fixtureGap: 28 * 86_400)
                    let expected = Freshness(agenda, at: now, limits: limits).overdueResults.count
                    #expect(page["touchline_matches_overdue"] == Double(expected))
                    // The token is on its way to its own feed and in no log.
                    #expect(
                        server.requests.allSatisfy { ($0.headers["x-auth-token"] != nil) == ($0.path.hasPrefix("/v4")) }
                    )
                    let log = try String(contentsOfFile: agent.process.log, encoding: .utf8)
                    #expect(!log.contains(Self.token))
                }
            }
        }

        @Test(.timeLimit(.minutes(2)))
        func `a season file's results and statistics replace what another feed said, and the correction is kept`()
            async throws
        {
            let payloads = try Payloads()
            let season = """
                Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HS,AS,B365H,B365D,B365A
                E0,21/08/2026,20:00,Arsenal,Coventry,3,1,H,20,4,1.2,7.0,13.0

                """
            let server = try LoopbackServer { request in
                if request.path == "/mmz4281/2627/E0.csv" { return .text(season) }
                if request.path == "/fixtures.csv" {
                    return .text("Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A\n")
                }
                return payloads.answer(request) ?? .status(404)
            }
            try await withHome { home in
                try Self.token.write(toFile: "\(home.folder)/token", atomically: true, encoding: .utf8)
                let alone = configuration(server.url(""), "football_data_co_uk: false")
                _ = try await withAgent(home, alone) { agent in
                    try await agent.waits("touchline_history_matches") { $0 == 1 }
                }
                let all = configuration(
                    server.url(""), "base_url: \"\(server.url(""))\"\n  first_season: 2026/27\n  last_season: 2026/27")
                _ = try await withAgent(home, all) { agent in
                    try await agent.waits(#"touchline_results_corrected_total{source="results"}"#) { $0 == 1 }
                    try await agent.waits(#"touchline_job_runs_total{job_name="ingest"}"#) { $0 >= 2 }
                    let page = try await agent.metrics()
                    #expect(
                        page.sum("touchline_results_corrected_total") == 1, "the other feed does not change it back")
                    #expect(
                        try await home.texts(
                            "select home_goals || '-' || away_goals || ' ' || home_shots from matches") == ["3-1 20"])
                    #expect(
                        try await home.texts(
                            "select previous_home_goals || '-' || previous_away_goals || ' ' || source || ' ' "
                                + "|| revision from result_revisions") == ["3-0 results 1"])
                }
            }
        }
    }
}
