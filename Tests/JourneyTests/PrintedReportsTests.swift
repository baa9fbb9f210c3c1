import Agent
import Fetch
import Football
import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

extension UntimedJourneys {
    /// What the commands print of a database that a real agent has filled: six real seasons, and a month of forecasts.
    struct PrintedReportsTests {
        private static let season = Season(startYear: 2023)
        private static let jobs = ["ingest", "predict", "evaluate"]

        @Test(.timeLimit(.minutes(6)))
        func `scores, bets, drift and its calibration are printed from the database as the metrics show them`()
            async throws
        {
            try await withHome { home in
                let page = try await fill(home)
                try await evaluates(home, page)
                try await bets(home, page)
                try await drifts(home, page)
                try await calibrates(home)
                #expect((try? home.postmaster()) == nil, "the commands leave no server behind")
            }
        }

        /// Lets an agent forecast and score from 20 January to 21 February 2024, then look for drift.
        ///
        /// - Returns: Its last page.
        private func fill(_ home: AgentHome) async throws -> MetricsPage {
            let start = try #require(Day(year: 2024, month: 1, day: 20)).start
            let end = try #require(Day(year: 2024, month: 2, day: 21)).start
            let clock = SteppedClock(start: start.addingTimeInterval(900))
            let league = try ReplayedSeason(Self.season) { clock.league.now }
            let past = try SharedData.path("football-data.co.uk")
            let server = try LoopbackServer { request in
                let answer = league.answer(request)
                return answer.status == 404 ? LoopbackServer.file(for: request, in: past) : answer
            }
            let configuration = """
                web: {listen_addresses: ["127.0.0.1:0"]}
                log: {level: error}
                feed: {base_url: "\(server.url(""))", first_season: 2018/19, last_season: 2023/24, pause: 0s}
                schedule:
                  {ingest: 0 */12 * * *, evaluate: 0 */12 * * *, predict: 0 */12 * * *, train: 0 0 1 1 *,
                  drift: 0 0 21 2 *, backup: 0 0 1 1 *, retain: 0 0 1 1 *, jitter: 0s}
                model: {trees: 10, minimum_matches: 380}
                """
            try configuration.write(toFile: home.configuration, atomically: true, encoding: .utf8)
            let settings = try Settings.load(path: home.configuration, stateDirectory: home.state)
            let ports = AsyncStream.makeStream(of: Int.self)
            let agent = try Agent(
                settings: settings, load: { settings }, clock: clock.league, environment: [:],
                onListening: { ports.continuation.yield($0) })
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { ports.continuation.finish() }
                    try await agent.run()
                }
                let port = try #require(await ports.stream.first { _ in true })
                let page = try await replay(clock, to: end, port: port)
                tasks.cancelAll()
                do { while try await tasks.next() != nil {} } catch is CancellationError {}
                return page
            }
        }

        /// Goes on by days, each once the jobs of the one before are done.
        private func replay(_ clock: SteppedClock, to end: Date, port: Int) async throws -> MetricsPage {
            let client = Fetcher(userAgent: "journey", retry: RetryPolicy(maximumAttempts: 1), seed: 1)
            func page() async throws -> MetricsPage? {
                let request = FetchRequest(url: "http://127.0.0.1:\(port)/metrics")
                guard case .modified(let body) = try await client.fetch(request) else { return nil }
                return MetricsPage(String(decoding: body.bytes, as: UTF8.self))
            }
            try await eventually("the first forecasts", within: .seconds(240)) {
                (try await page()?["touchline_forecasts"] ?? 0) > 0
            }
            while clock.league.now < end {
                let wall = clock.league.wall(clock.advance(by: 86_400)).timeIntervalSince1970 - 0.001
                try await eventually("the jobs of \(clock.league.now)", within: .seconds(60)) {
                    guard let page = try await page() else { return false }
                    let jobs = Self.jobs + (clock.league.now < end ? [] : ["drift"])
                    return jobs.allSatisfy { job in
                        (page["touchline_job_last_success_timestamp_seconds{job_name=\"\(job)\"}"] ?? 0) >= wall
                    }
                }
            }
            return try #require(try await page())
        }

        private func evaluates(_ home: AgentHome, _ page: MetricsPage) async throws {
            let table = try await succeeds(home, ["evaluate"])
            #expect(table.contains("model less market, on the same matches"))
            // The window of 50 is not full yet.
            #expect(table.hasSuffix("left out, being the same matches: 100, 190\n"))
            let report = try JSONDecoder().decode(
                PrintedScores.self, from: Data(try await succeeds(home, ["evaluate", "--json"]).utf8))
            let season = try #require(report.windows.first { $0.window == "season" })
            let matches = try #require(page[#"touchline_score_matches{window="season",forecaster="model"}"#])
            #expect(matches > 25)
            for (name, scores) in season.forecasters {
                func shown(_ metric: String) -> Double? {
                    page["touchline_score_\(metric){window=\"season\",forecaster=\"\(name)\"}"]
                }
                #expect(Double(scores.matches) == shown("matches"))
                #expect(scores.accuracy.value == shown("accuracy_ratio"))
                #expect(scores.logLoss.value == shown("log_loss"))
                #expect(scores.rankedProbability.value == shown("ranked_probability_score"))
                #expect(scores.brier.value == shown("brier"))
                #expect(scores.calibrationError == shown("calibration_error_ratio"))
                #expect(scores.classwiseCalibrationError > 0)
                #expect(table.contains("\(name) "))
            }
            #expect(Set(season.forecasters.keys) == ["model", "market", "base_rate"])
            let difference = season.difference?.logLoss.value
            #expect(difference == page[#"touchline_score_log_loss_difference{window="season"}"#])
        }

        private func bets(_ home: AgentHome, _ page: MetricsPage) async throws {
            let table = try await succeeds(home, ["bets"])
            #expect(table.hasPrefix("SIMULATION: "))
            let report = try JSONDecoder().decode(
                PrintedBets.self, from: Data(try await succeeds(home, ["bets", "--json"]).utf8))
            #expect(report.simulation)
            #expect(report.wallets.map(\.strategy) == ["flat", "kelly", "rule"])
            for wallet in report.wallets {
                #expect(wallet.balance == page["touchline_betting_balance{strategy=\"\(wallet.strategy)\"}"])
                #expect(wallet.staked == page["touchline_betting_staked{strategy=\"\(wallet.strategy)\"}"])
            }
            #expect(try #require(report.wallets.first).staked > 0)
        }

        private func drifts(_ home: AgentHome, _ page: MetricsPage) async throws {
            let table = try await succeeds(home, ["drift"])
            #expect(table.contains("190 newest matches against 380 before, level 0.003"))
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            let summary = try decoder.decode(
                DriftSummary.self, from: Data(try await succeeds(home, ["drift", "--json"]).utf8))
            for feature in summary.features {
                for (measure, statistic) in feature.statistics {
                    let series = "touchline_drift_statistic{feature=\"\(feature.name)\",measure=\"\(measure)\"}"
                    #expect(page[series] == statistic, "\(series)")
                }
                #expect(table.contains(feature.name))
            }
            for stream in summary.streams {
                #expect(page["touchline_stream_statistic{detector=\"\(stream.detector)\"}"] == stream.statistic)
            }
            #expect(summary.features.count > 15 && summary.streams.count == 8)
        }

        private func calibrates(_ home: AgentHome) async throws {
            let few = ["--seasons=2", "--injected=1", "--scored=1"]
            let table = try await succeeds(home, ["calibrate-drift"] + few)
            #expect(table.contains("190 matches against 380, level 0.003 a look"))
            let report = try JSONDecoder().decode(
                DriftCalibration.Report.self,
                from: Data(try await succeeds(home, ["calibrate-drift", "--json"] + few).utf8))
            #expect(report.falseAlarms.map(\.seasons) == [2, 2])
            let forecasters = Set(report.streams.map(\.forecaster))
            #expect(forecasters.contains("the market itself") && forecasters.contains("the seed's serving path"))
            for forecaster in forecasters { #expect(table.contains(forecaster)) }
            #expect(report.seasons.last?.season == "2023/24" && report.scores.last?.season == "2022/23")
        }

        private func succeeds(_ home: AgentHome, _ arguments: [String]) async throws -> String {
            let ended = try await run(
                .path(FilePath(try Product.touchline)),
                arguments: Arguments(
                    arguments + ["--config.file", home.configuration, "--state-directory", home.state]),
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
            #expect(ended.terminationStatus == .exited(0), "\(arguments): \(ended.standardError)")
            #expect(ended.standardError.isEmpty)
            return ended.standardOutput
        }
    }
}

/// `evaluate --json`, as far as the test reads it.
private struct PrintedScores: Decodable {
    struct Estimate: Decodable {
        let value: Double
    }
    struct Scores: Decodable {
        let matches: Int
        let accuracy, logLoss, rankedProbability, brier: Estimate
        let calibrationError, classwiseCalibrationError: Double
    }
    struct Difference: Decodable {
        let logLoss: Estimate
    }
    struct Window: Decodable {
        let window: String
        let forecasters: [String: Scores]
        let difference: Difference?
    }
    let windows: [Window]
}

/// `bets --json`, as far as the test reads it.
private struct PrintedBets: Decodable {
    struct Wallet: Decodable {
        let strategy: String
        let balance, staked: Double
    }
    let simulation: Bool
    let wallets: [Wallet]
}
