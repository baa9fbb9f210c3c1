import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension Journeys {
    /// Things that go wrong, each until its alert has arrived through Alertmanager, and cured until it has ended.
    ///
    /// With `TOUCHLINE_PROVOKE` set all of them, which takes some minutes; without it the agent that is killed.
    struct ProvokedAlertsTests {
        private static let newest = "/mmz4281/2324/E0.csv"

        private static func configuration(_ feed: LeagueFeed, _ more: String = "") -> String {
            """
            feed:
              {base_url: "\(feed.url)", first_season: 2022/23, last_season: 2023/24, refetch_finished_seasons: 0s,
              attempts: 1, pause: 0s, breaker_failures: 100}
            schedule:
              {ingest: "@every 2s", predict: "@every 2s", evaluate: "@every 2s", train: "@every 8s", backup: "@every 8s",
              jitter: 0s, retry_pause: 1s}
            \(more.contains("model:") ? "" : "model: {trees: 5}")
            \(more)
            """
        }

        @Test(.timeLimit(.minutes(15)))
        func `what goes wrong arrives at its receiver, and its end arrives after the cure`() async throws {
            let all = ProcessInfo.processInfo.environment["TOUCHLINE_PROVOKE"] != nil
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            try await withHome { home in
                var rows: [String] = []
                let port = try await withAgent(home, Self.configuration(feed)) { $0.port }.result
                // It listens where it did, whenever it is started again.
                try await withMonitoring(in: home.folder, scraping: port, isCompressed: true) { stack in
                    try await withAgent(home, Self.configuration(feed), port: port) { agent in
                        try await agent.waits("touchline_forecasts") { $0 == 10 }
                        try await agent.waits("touchline_backup_size_bytes") { $0 > 0 }
                        if all {
                            rows += try await jobs(stack, agent, home, feed)
                            rows += try await outages(stack, agent, home, feed)
                        }
                        rows.append(
                            try await stack.provokes("agent killed", "TouchlineDown", in: "pager") {
                                agent.process.send(SIGKILL)
                            })
                    }
                    try await withAgent(home, Self.configuration(feed), port: port) { _ in
                        rows.append(try await stack.cures("agent killed", "TouchlineDown", in: "pager") {})
                    }
                }
                for row in rows { print("journey: \(row)") }
            }
        }

        /// What fails inside the agent, all at once: a column that is gone, training, backups.
        private func jobs(
            _ stack: MonitoringStack, _ agent: RunningAgent, _ home: AgentHome, _ feed: LeagueFeed
        ) async throws -> [String] {
            let text = String(decoding: try feed.file(Self.newest), as: UTF8.self)
            let lost = text.replacing(",HC,", with: ",XX,")
            let begun = ContinuousClock.now
            try reload(
                agent, home,
                Self.configuration(feed, "model: {trees: 5, minimum_matches: 100000}\nbackup: {directory: /proc/none}"))
            feed.forgetValidators()
            feed.answer(Self.newest) { _ in .text(lost) }
            var rows: [String] = []
            for (what, alert, job) in [
                ("schema changed", "TouchlineFeedSchemaChanged", nil),
                ("training failing", "TouchlineJobFailing", "train"),
                ("backup failing", "TouchlineJobFailing", "backup"),
            ] { rows.append(try await stack.provokes(what, alert, in: "tickets", job: job, since: begun) {}) }
            let cured = ContinuousClock.now
            try reload(agent, home, Self.configuration(feed))
            feed.answer(Self.newest, with: nil)
            for (what, alert, job) in [
                ("schema changed", "TouchlineFeedSchemaChanged", nil),
                ("training failing", "TouchlineJobFailing", "train"),
                ("backup failing", "TouchlineJobFailing", "backup"),
            ] { rows.append(try await stack.cures(what, alert, in: "tickets", job: job, since: cured) {}) }
            return rows
        }

        /// What fails around the agent, one after the other: the feed, the database, and the agent itself while it hangs.
        private func outages(
            _ stack: MonitoringStack, _ agent: RunningAgent, _ home: AgentHome, _ feed: LeagueFeed
        ) async throws -> [String] {
            let postmaster = try home.postmaster()
            var rows = [
                try await stack.provokes("feed stopped", "TouchlineFetchFailing", in: "tickets") { feed.server.stop() },
                try await stack.cures("feed stopped", "TouchlineFetchFailing", in: "tickets") {
                    try feed.server.restart()
                },
            ]
            // A server that is killed is started again within a second; one that hangs is not.
            let server = [postmaster] + children(of: postmaster)
            rows += [
                try await stack.provokes("database hung", "TouchlineDatabaseDown", in: "pager") {
                    for process in server { kill(process, SIGSTOP) }
                },
                try await stack.cures("database hung", "TouchlineDatabaseDown", in: "pager") {
                    for process in server { kill(process, SIGCONT) }
                },
                try await stack.provokes("agent hung", "TouchlineDown", in: "pager") { agent.process.send(SIGSTOP) },
                try await stack.cures("agent hung", "TouchlineDown", in: "pager") { agent.process.send(SIGCONT) },
            ]
            return rows
        }

        private func reload(_ agent: RunningAgent, _ home: AgentHome, _ configuration: String) throws {
            try Data(configuration.utf8).write(to: URL(filePath: home.configuration))
            agent.process.send(SIGHUP)
        }

        private func children(of parent: pid_t) -> [pid_t] {
            let text = try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { pid_t($0) }
        }
    }
}
