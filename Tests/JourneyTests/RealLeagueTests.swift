import Subprocess
import TestSupport
import Testing

extension UntimedJourneys {
    /// Nineteen real seasons from the feed to a forecast.
    struct RealLeagueTests {
        private static let newest = "/mmz4281/2324/E0.csv"

        /// Jobs run once in the first second; ingests and forecasts go on, a model is not trained again.
        private func configuration(_ feed: LeagueFeed, _ lines: String = "") -> String {
            """
            feed: {base_url: "\(feed.url)", first_season: 2005/06, last_season: 2023/24, pause: 0s\(lines)}
            schedule:
              ingest: "@every 1s"
              evaluate: "@every 1s"
              predict: "@every 1s"
              train: 0 0 1 1 *
              jitter: 0s
            model: {trees: 50}
            """
        }

        @Test(.timeLimit(.minutes(6)))
        func `nineteen real seasons become a model and ten forecasts, and the same bodies again change no row`()
            async throws
        {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            try await withHome { home in
                let started = ContinuousClock.now
                let first = try await withAgent(home, configuration(feed)) { agent in
                    try await agent.waits("touchline_forecasts", within: .seconds(240)) { $0 == 10 }
                    print("journey: first forecasts after \(ContinuousClock.now - started)")
                    try await isKept(home)
                    try await isShown(agent, home)
                    // The files of finished seasons are believed for a week: only the fixtures are asked for again.
                    let asked = feed.requests(of: "/fixtures.csv")
                    try await eventually("further ingests") { feed.requests(of: "/fixtures.csv") >= asked + 3 }
                    #expect(feed.requests(of: Self.newest) == 1)
                    return try await storedVersions(home)
                }
                #expect(first.status == .exited(0))

                feed.forgetValidators()
                let asked = feed.requests(of: Self.newest)
                let second = try await withAgent(home, configuration(feed, ", refetch_finished_seasons: 0s")) { agent in
                    try await agent.waits(#"touchline_job_runs_total{job_name="ingest"}"#) { $0 >= 2 }
                    let page = try await agent.metrics()
                    #expect(page[#"touchline_rows_ingested_total{source="results",change="inserted"}"#] == 0)
                    #expect(page[#"touchline_rows_ingested_total{source="results",change="updated"}"#] == 0)
                    let unchanged = page[#"touchline_rows_ingested_total{source="results",change="unchanged"}"#]
                    #expect(try #require(unchanged) >= 2 * 7_220)
                    #expect(page[#"touchline_rows_ingested_total{source="fixtures",change="inserted"}"#] == 0)
                    #expect(page[#"touchline_rows_ingested_total{source="fixtures",change="updated"}"#] == 0)
                    #expect(page.sum("touchline_job_failures_total") == 0)
                    #expect(try await storedVersions(home) == first.result)
                }
                #expect(second.status == .exited(0))
                #expect(feed.requests(of: Self.newest) >= asked + 2)
            }
        }

        /// What PostgreSQL holds after the first round of jobs.
        private func isKept(_ home: AgentHome) async throws {
            #expect(try await home.number("select count(*) from matches") == 7_220)
            #expect(try await home.number("select count(*) from fixtures") == 7_230)
            #expect(try await home.number("select count(*) from quarantined_rows") == 0)
            let perSeason = try await home.texts(
                "select distinct count(*)::text from matches join fixtures f on f.id = fixture_id group by f.season")
            #expect(perSeason == ["380"])
            #expect(try await home.texts("select state from models") == ["champion"])
            #expect(try await home.number("select matches::bigint from models") == 7_220)
            #expect(try await home.number("select count(*) from predictions") == 10)
            #expect(try await home.number("select count(*) from predictions where synthetic") == 0)
        }

        /// What the agent's pages say of it.
        private func isShown(_ agent: RunningAgent, _ home: AgentHome) async throws {
            let page = try await agent.metrics()
            #expect(page["touchline_history_matches"] == 7_220)
            #expect(page["touchline_history_fixtures_upcoming"] == 10)
            #expect(page["touchline_history_quarantined_rows"] == 0)
            #expect(page["touchline_synthetic_data"] == 0)
            #expect(page["touchline_database_up"] == 1)
            #expect(page["touchline_model_training_matches"] == 7_220)
            #expect(page["touchline_model_trees"] == 50)
            #expect(page["touchline_forecasts_missing"] == 0)
            #expect(page[#"touchline_rows_ingested_total{source="results",change="inserted"}"#] == 7_220)
            #expect(page[#"touchline_rows_ingested_total{source="fixtures",change="inserted"}"#] == 10)
            #expect(page.sum("touchline_rows_quarantined_total") == 0)
            #expect(page.sum("touchline_fetch_failures_total") == 0)
            #expect(page.sum("touchline_job_failures_total") == 0)
            let model = page[#"touchline_holdout_ranked_probability_score{forecaster="model"}"#]
            let baseRate = page[#"touchline_holdout_ranked_probability_score{forecaster="base_rate"}"#]
            #expect(try #require(model) < #require(baseRate), "the model learnt something")

            let forecasts = try await agent.forecasts()
            #expect(!forecasts.synthetic)
            #expect(Set(forecasts.forecasts.map(\.home)) == Set(ComingRound.pairs.map(\.0)))
            for forecast in forecasts.forecasts {
                let sum = forecast.probabilities.home + forecast.probabilities.draw + forecast.probabilities.away
                #expect(abs(sum - 1) < 1e-9)
                #expect(forecast.madeAt < forecast.deadline)
                #expect(forecast.market != nil)
            }
            let meanHome = forecasts.forecasts.map(\.probabilities.home).reduce(0, +) / 10
            let shown = page[#"touchline_forecast_mean_probability_ratio{outcome="home"}"#]
            #expect(abs(try #require(shown) - meanHome) < 1e-9)
        }

        private func storedVersions(_ home: AgentHome) async throws -> [String] {
            try await home.factVersions()
                + home.texts("select 'predictions ' || count(*) || ' ' || sum(xmin::text::bigint) from predictions")
        }

        @Test(.timeLimit(.minutes(6)))
        func `one broken row of a real season is set aside with its line and rule, and the other 379 are kept`()
            async throws
        {
            let path = "/mmz4281/2223/E0.csv"
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            var lines = try feed.file(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            // Line 101: the away team scored eleven in a win of the home team.
            let fields = lines[100].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            var broken = fields
            broken[6] = Array("11".utf8)[...]
            broken[7] = Array("H".utf8)[...]
            lines[100] = Array(broken.joined(separator: [UInt8(ascii: ",")]))[...]
            let file = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
            feed.answer(path) { _ in LoopbackResponse(body: .bytes(file)) }
            let configuration = """
                feed: {base_url: "\(feed.url)", first_season: 2022/23, last_season: 2022/23, refetch_finished_seasons: 0s, pause: 0s}
                schedule: {ingest: "@every 1s", jitter: 0s}
                model: {trees: 10, minimum_matches: 100}
                """
            try await withHome { home in
                try await withAgent(home, configuration) { agent in
                    try await agent.waits(#"touchline_job_runs_total{job_name="ingest"}"#) { $0 >= 3 }
                    let page = try await agent.metrics()
                    #expect(page["touchline_history_matches"] == 379)
                    #expect(page["touchline_history_quarantined_rows"] == 1)
                    let counter = #"touchline_rows_quarantined_total{source="results",rule="result_mismatch"}"#
                    #expect(page[counter] == 1, "seen three times, counted once")
                    #expect(page.sum("touchline_rows_quarantined_total") == 1)
                    #expect(page.sum("touchline_job_failures_total") == 0)
                    let row = try await home.texts(
                        "select concat_ws(' ', line, rule, value, source, url) from quarantined_rows")
                    #expect(row == ["101 result_mismatch H results \(feed.url)\(path)"])
                    let text = try await home.texts("select text from quarantined_rows")
                    #expect(text == [String(decoding: lines[100], as: UTF8.self).trimmed])
                }
            }
        }
    }
}

extension String {
    /// Without the carriage return that ends the feed's lines.
    fileprivate var trimmed: String { String(prefix { $0 != "\r" && $0 != "\r\n" }) }
}
