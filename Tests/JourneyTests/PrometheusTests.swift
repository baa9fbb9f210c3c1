import TestSupport
import Testing

extension Journeys {
    /// The agent as Debian's Prometheus and Alertmanager see it.
    struct PrometheusTests {
        @Test(.timeLimit(.minutes(6)))
        func `Prometheus scrapes OpenMetrics, and a feed that stops becomes an alert that ends when it is back`()
            async throws
        {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            let configuration = """
                feed:
                  {base_url: "\(feed.url)", first_season: 2022/23, last_season: 2023/24, refetch_finished_seasons: 0s,
                  attempts: 1, pause: 0s, breaker_failures: 100}
                schedule:
                  {ingest: "@every 2s", predict: "@every 2s", evaluate: "@every 2s", jitter: 0s, retry_pause: 1s}
                model: {trees: 20}
                """
            try await withHome { home in
                try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_forecasts") { $0 == 10 }
                    try await withMonitoring(in: home.folder, scraping: agent.port) { stack in
                        try await isScraped(stack)
                        try await areRulesLoaded(stack)
                        try await stack.firesAndResolves(feed)
                    }
                }
            }
        }

        private func isScraped(_ stack: MonitoringStack) async throws {
            try await eventually("up == 1") {
                try await stack.query(#"up{job="touchline"}"#).map(\.value) == ["1"]
            }
            let targets = try await stack.ask("targets?state=active", Targets.self).activeTargets
            #expect(targets.map(\.health) == ["up"])
            #expect(targets.map(\.lastError) == [""])
            // Only OpenMetrics names a counter without `_total`, and only it knows units.
            let counters = try await stack.ask("metadata?metric=touchline_fetch_requests", [String: [Metadata]].self)
            #expect(counters["touchline_fetch_requests"]?.first?.type == "counter")
            let text = try await stack.ask("metadata?metric=touchline_fetch_requests_total", [String: [Metadata]].self)
            #expect(text.isEmpty)
            let timed = try await stack.ask(
                "metadata?metric=touchline_job_duration_seconds", [String: [Metadata]].self)
            #expect(timed["touchline_job_duration_seconds"]?.first?.unit == "seconds")
            #expect(try await stack.query("touchline_history_matches").map(\.value) == ["760"])
            #expect(try await stack.query("touchline_forecasts").map(\.value) == ["10"])
        }

        private func areRulesLoaded(_ stack: MonitoringStack) async throws {
            let files = try await eventually("every rule evaluated") { () async throws -> Int? in
                let groups = try await stack.ask("rules", Rules.self).groups
                let rules = groups.flatMap(\.rules)
                #expect(rules.allSatisfy { $0.lastError == nil })
                return rules.allSatisfy { $0.health == "ok" } ? groups.count : nil
            }
            #expect(files >= 7, "six files of alerts and one of recording rules")
        }

        private struct Targets: Decodable {
            struct Target: Decodable {
                let health: String
                let lastError: String
            }

            let activeTargets: [Target]
        }

        private struct Metadata: Decodable {
            let type: String
            let unit: String
        }

        private struct Rules: Decodable {
            struct Group: Decodable {
                let rules: [Rule]
            }

            struct Rule: Decodable {
                let health: String
                let lastError: String?
            }

            let groups: [Group]
        }
    }
}

extension MonitoringStack {
    /// Stops the feed, waits for the alert at the ticket system, and for its end once the feed is back.
    fileprivate func firesAndResolves(_ feed: LeagueFeed) async throws {
        try await eventually("the watchdog at its receiver") {
            try notified("heartbeat").contains { $0.alerts.contains { $0.labels["alertname"] == "TouchlineWatchdog" } }
        }
        let firing = try await query(#"ALERTS{alertstate="firing"}"#).compactMap { $0.labels["alertname"] }
        // The real seasons do drift, and their job may have run by now; nothing else is wrong with the agent.
        #expect(Set(firing).subtracting(["TouchlineDriftDetected"]) == ["TouchlineWatchdog"])

        let stopped = ContinuousClock.now
        feed.server.stop()
        let fired = try await eventually("a ticket that fetching fails", within: .seconds(90)) {
            try alerts("firing").first
        }
        print("journey: the alert arrived after \(ContinuousClock.now - stopped)")
        #expect(fired.labels["severity"] == "warning")
        #expect(fired.labels["job"] == "touchline")
        #expect(fired.annotations["description"]?.contains(fired.labels["source"] ?? "?") == true)
        #expect(fired.annotations["runbook_url"]?.hasSuffix("/TouchlineFetchFailing.md") == true)
        let others = try notified("pager").flatMap(\.alerts).compactMap { $0.labels["alertname"] }
        #expect(others.isEmpty, "a feed that is away is no reason to wake anybody")

        let back = ContinuousClock.now
        try feed.server.restart()
        try await eventually("the ticket's end", within: .seconds(90)) { try alerts("resolved").first }
        print("journey: its end arrived after \(ContinuousClock.now - back)")
    }

    private func alerts(_ status: String) throws -> [Notification.Alert] {
        try notified("tickets").flatMap(\.alerts).filter {
            $0.labels["alertname"] == "TouchlineFetchFailing" && $0.status == status
        }
    }
}
