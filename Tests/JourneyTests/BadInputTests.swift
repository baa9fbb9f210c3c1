import Subprocess
import Testing

extension UntimedJourneys {
    /// What the running agent makes of a feed that goes wrong.
    struct BadInputTests {
        private static let path = "/mmz4281/2324/E0.csv"

        @Test(.timeLimit(.minutes(6)), arguments: BadFeed.allCases)
        func `a bad file is counted and logged, the old data stays whole, and a good file is taken again`(
            bad: BadFeed
        ) async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            feed.forgetValidators()
            let configuration = """
                feed:
                  {base_url: "\(feed.url)", first_season: 2023/24, last_season: 2023/24, refetch_finished_seasons: 0s,
                  attempts: 1, timeout: 1s, connect_timeout: 1s, pause: 0s, breaker_failures: 100}
                schedule: {ingest: "@every 1s", predict: "@every 1s", train: 0 0 1 1 *, jitter: 0s, retry_pause: 100ms}
                model: {trees: 5, minimum_matches: 380}
                """
            try await withHome { home in
                let ended = try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_forecasts") { $0 == 10 }
                    let before = try await home.factVersions()
                    let started = try await agent.metrics()["process_start_time_seconds"]

                    feed.answer(Self.path, with: bad.answer(try feed.file(Self.path)))
                    try await agent.waits(bad.counter) { $0 >= 1 }
                    if bad.failsTheJob {
                        let failures = #"touchline_job_failures_total{job_name="ingest",reason="feed"}"#
                        try await agent.waits(failures) { $0 >= 1 }
                    }
                    let line = agent.process.said.split(separator: "\n").first { $0.contains(#"msg="\#(bad.logged)""#) }
                    #expect(line?.contains(Self.path) == true, "the log names the file")
                    let page = try await agent.metrics()
                    #expect(page["touchline_history_matches"] == 380)
                    #expect(page["touchline_forecasts"] == 10)
                    #expect(page["process_start_time_seconds"] == started)
                    #expect(try #require(page["process_resident_memory_bytes"]) < 256 * 1024 * 1024)
                    #expect(try await home.factVersions() == before, "nothing is written of it, not even in part")

                    feed.answer(Self.path, with: nil)
                    let kept = #"touchline_rows_ingested_total{source="results",change="unchanged"}"#
                    let seen = try #require(try await agent.metrics()[kept])
                    try await agent.waits(kept) { $0 >= seen + 380 }
                    #expect(try await home.factVersions() == before)
                }
                #expect(ended.status == .exited(0))
            }
        }
    }
}
