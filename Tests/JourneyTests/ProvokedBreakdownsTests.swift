import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What breaks below the agent, or in the league itself.
enum Breakdown: String, CaseIterable {
    case databaseKilled, diskFull, driftInjected

    /// All with `TOUCHLINE_PROVOKE` set, which takes some minutes, or the one that it names; without it the database that is
    /// killed.
    static var provoked: [Breakdown] {
        guard let named = ProcessInfo.processInfo.environment["TOUCHLINE_PROVOKE"] else { return [.databaseKilled] }
        return Breakdown(rawValue: named).map { [$0] } ?? allCases
    }
}

extension Journeys {
    /// Breakdowns that need an agent of their own, each until its alert has arrived, and cured until it has ended.
    struct ProvokedBreakdownsTests {
        /// The newest season where drift is injected: in its first half nothing differed from the season before.
        private static let newest = "/mmz4281/1617/E0.csv"

        @Test(.timeLimit(.minutes(8)), arguments: Breakdown.provoked)
        func `a breakdown arrives at its receiver, and its end arrives after the cure`(_ what: Breakdown) async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            try await withHome { home in
                let rows =
                    switch what {
                    case .databaseKilled: try await databaseKilled(home, feed)
                    case .diskFull: try await diskFull(home, feed)
                    case .driftInjected: try await driftInjected(home, feed)
                    }
                for row in rows { print("journey: \(row)") }
            }
        }

        /// A server of the operator's own: the agent does not start it again.
        private func databaseKilled(_ home: AgentHome, _ feed: LeagueFeed) async throws -> [String] {
            let server = try await TestServer()
            var rows: [String] = []
            do {
                try await server.start()
                let database = "database: {connection_string: \"\(server.connectionString)\"}"
                try await withStack(home, configuration(feed, more: database)) { stack, agent in
                    try await agent.waits("touchline_database_up") { $0 == 1 }
                    try await agent.waits("touchline_forecasts") { $0 == 10 }
                    rows.append(
                        try await stack.provokes("database killed", "TouchlineDatabaseDown", in: "pager") {
                            try server.kill()
                        })
                    #expect(try await agent.metrics()["touchline_database_up"] == 0, "it is scraped all the same")
                    try await server.start()
                    rows.append(try await stack.cures("database killed", "TouchlineDatabaseDown", in: "pager") {})
                }
            } catch {
                await server.remove()
                throw error
            }
            await server.remove()
            return rows
        }

        /// The agent's state, with its database, its spool and its backups, is on a file system that something else fills.
        private func diskFull(_ home: AgentHome, _ feed: LeagueFeed) async throws -> [String] {
            try #require(getuid() == 0, "a file system of its own is mounted, which takes root")
            try FileManager.default.createDirectory(atPath: home.state, withIntermediateDirectories: true)
            try #require(mount("tmpfs", home.state, "tmpfs", 0, "size=320m,mode=755") == 0, "mount: \(errno)")
            defer { umount2(home.state, Int32(MNT_DETACH)) }
            let ballast = home.state + "/ballast"
            var rows: [String] = []
            try await withStack(home, configuration(feed)) { stack, agent in
                try await agent.waits("touchline_forecasts") { $0 == 10 }
                try await agent.waits("touchline_backup_size_bytes") { $0 > 0 }
                let filled = ContinuousClock.now
                rows.append(
                    try await stack.provokes("disk full", "TouchlineDatabaseFailing", in: "tickets") {
                        try fill(ballast)
                    })
                rows.append(
                    try await stack.provokes(
                        "disk full", "TouchlineJobFailing", in: "tickets", job: "backup", since: filled
                    ) {})
                #expect(try await agent.metrics().sum("touchline_scrapes_total") > 0, "it is scraped all the same")
                let emptied = ContinuousClock.now
                rows.append(
                    try await stack.cures("disk full", "TouchlineDatabaseFailing", in: "tickets") {
                        try FileManager.default.removeItem(atPath: ballast)
                    })
                rows.append(
                    try await stack.cures(
                        "disk full", "TouchlineJobFailing", in: "tickets", job: "backup", since: emptied
                    ) {})
                try await agent.waits("touchline_database_up") { $0 == 1 }
                try await agent.waits("touchline_history_pending_rows") { $0 == 0 }
            }
            return rows
        }

        /// Fouls trebled from midseason on; a champion that has learnt from it ends the alert.
        private func driftInjected(_ home: AgentHome, _ feed: LeagueFeed) async throws -> [String] {
            let lines = String(decoding: try feed.file(Self.newest), as: UTF8.self).split(whereSeparator: \.isNewline)
            let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false)
            let fouls = columns.indices.filter { ["HF", "AF"].contains(columns[$0]) }
            let changed = lines.enumerated().map { number, line in
                guard number > 190 else { return String(line) }
                var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                for place in fouls { fields[place] = "\((Int(fields[place]) ?? 0) * 3)" }
                return fields.joined(separator: ",")
            }
            feed.forgetValidators()
            feed.answer(Self.newest) { _ in .text(lines.prefix(191).joined(separator: "\n") + "\n") }
            let model = "model: {trees: 5, promotion_margin: 0.9}"
            let quiet = configuration(feed, more: model, train: "0 0 1 1 *", first: 2014)
            var rows: [String] = []
            try await withStack(home, quiet) { stack, agent in
                try await agent.waits("touchline_drift_window_matches") { $0 == 190 }
                try await agent.waits("touchline_history_matches") { $0 == 950 }
                #expect(try await agent.metrics().sum("touchline_drift_detected") == 0, "nothing has drifted yet")
                rows.append(
                    try await stack.provokes("drift injected", "TouchlineDriftDetected", in: "tickets") {
                        feed.answer(Self.newest) { _ in .text(changed.joined(separator: "\n") + "\n") }
                    })
                let found = try stack.notified("tickets").flatMap(\.alerts).filter {
                    $0.labels["alertname"] == "TouchlineDriftDetected"
                }
                #expect(
                    Set(found.compactMap { $0.labels["feature"] }).isDisjoint(with: ["home_fouls", "away_fouls"])
                        == false)
                for alert in found { rows.append("drift injected: \(alert.annotations["description"] ?? "")") }
                rows.append(
                    try await stack.cures("drift injected", "TouchlineDriftDetected", in: "tickets") {
                        try reload(agent, home, configuration(feed, more: model, first: 2014))
                    })
            }
            return rows
        }

        /// Three seasons, and jobs that come within seconds.
        private func configuration(
            _ feed: LeagueFeed, more: String = "", train: String = "@every 8s", first: Int = 2021
        ) -> String {
            """
            feed:
              {base_url: "\(feed.url)", first_season: \(first)/\(first - 1999), last_season: \(first + 2)/\(first - 1997),
              refetch_finished_seasons: 0s,
              attempts: 1, pause: 0s, breaker_failures: 100}
            schedule:
              {ingest: "@every 2s", predict: "@every 2s", evaluate: "@every 2s", drift: "@every 4s", train: "\(train)",
              backup: "@every 8s", jitter: 0s, retry_pause: 1s}
            \(more.contains("model:") ? "" : "model: {trees: 5}")
            \(more)
            """
        }

        private func withStack(
            _ home: AgentHome, _ configuration: String, body: (MonitoringStack, RunningAgent) async throws -> Void
        ) async throws {
            try await withAgent(home, configuration) { agent in
                try await withMonitoring(in: home.folder, scraping: agent.port, isCompressed: true) { stack in
                    try await body(stack, agent)
                }
            }
        }

        private func reload(_ agent: RunningAgent, _ home: AgentHome, _ configuration: String) throws {
            try Data(configuration.utf8).write(to: URL(filePath: home.configuration))
            agent.process.send(SIGHUP)
        }

        /// Writes a file until nothing more fits.
        private func fill(_ path: String) throws {
            let file = open(path, O_WRONLY | O_CREAT, 0o600)
            defer { close(file) }
            for size in [1 << 20, 1 << 12] {
                let piece = [UInt8](repeating: 0, count: size)
                while write(file, piece, piece.count) > 0 {}
            }
        }
    }
}
