import Fetch
import Testing

extension Journeys {
    /// How fast a scrape is answered while everything else is busy.
    struct ScrapeTests {
        /// What every scrape must keep to.
        private static let bound = Duration.milliseconds(100)
        /// How long training is watched; an unoptimised forest takes minutes.
        private static let watched = Duration.seconds(20)

        @Test(.timeLimit(.minutes(6)))
        func `scrapes are answered within 100 ms while 2,000 trees are trained on the same two cores`() async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            let configuration = """
                feed: {base_url: "\(feed.url)", first_season: 2005/06, last_season: 2023/24}
                model: {trees: 2000, threads: 2}
                """
            try await withHome { home in
                try await withAgent(home, configuration, wrapper: ["taskset", "-c", "0,1"]) { agent in
                    let progress = "touchline_model_training_progress_ratio"
                    try await agent.waits(progress) { _ in true }
                    let started = ContinuousClock.now
                    var times: [Duration] = []
                    var page = try await agent.metrics()
                    while page[progress] != nil, ContinuousClock.now - started < Self.watched {
                        let asked = ContinuousClock.now
                        let body = try await agent.get("/metrics")
                        times.append(ContinuousClock.now - asked)
                        page = MetricsPage(String(decoding: body.bytes, as: UTF8.self))
                        try await Task.sleep(until: asked + .milliseconds(20))
                    }
                    let trained = ContinuousClock.now - started
                    times.sort()
                    let slowest = try #require(times.last)
                    print(
                        "journey: \(times.count) scrapes in \(trained) of training:",
                        "median \(times[times.count / 2]), slowest \(slowest)")
                    #expect(times.count >= 50, "training lasted long enough to say something")
                    #expect(slowest < Self.bound)
                }
            }
        }
    }
}
