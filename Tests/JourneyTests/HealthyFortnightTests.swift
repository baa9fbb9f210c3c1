import FoundationEssentials
import TestSupport
import Testing

extension UntimedJourneys {
    /// All shipped alerts over days of a real season on which nothing was wrong, and over days on which results stopped.
    ///
    /// The agent's own jobs play the days with the clock of the time; a sample of everything that it exposes is kept every
    /// few minutes, and a real Prometheus evaluates the shipped rules over them as they are, with their own windows and
    /// `for`. With `TOUCHLINE_FORTNIGHT` set it is a fortnight, which takes some minutes; without it one day.
    struct HealthyFortnightTests {
        private static let isLong = ProcessInfo.processInfo.environment["TOUCHLINE_FORTNIGHT"] != nil
        /// Every day of the fortnight had a result, a forecast or both; the season had no break in it.
        private static let (first, last) = ("2017-01-29", isLong ? "2017-02-12" : "2017-01-30")
        private static let every = isLong ? "2m" : "5m"
        /// From when on days are played beforehand, so that scores and drift have a past.
        private static let warmUp = isLong ? "2016-08-01" : "2017-01-27"

        @Test(.timeLimit(.minutes(15)))
        func `on days without a fault no alert fires but the watchdog`() async throws {
            try await withFolder { folder in
                let began = ContinuousClock.now
                try await play(folder, until: nil)
                let played = ContinuousClock.now - began
                let (rules, firings) = try await evaluated(folder)
                print(
                    "journey: \(first) to \(last) every \(every): played in \(played), evaluated in",
                    "\(ContinuousClock.now - began - played): \(rules) alerting rules")
                #expect(Set(firings.map(\.alert)) == ["TouchlineWatchdog"])
                for firing in firings { print("journey: \(firing)") }
            }
        }

        private var first: String { Self.first }
        private var last: String { Self.last }
        private var every: String { Self.every }

        /// Plays the days, imports what was written, and adds what the recording rules make of it.
        private func play(_ folder: String, until stop: String?) async throws {
            let yaml = """
                feed: {first_season: 2014/15}
                model: {trees: 20}
                """
            try Data(yaml.utf8).write(to: URL(filePath: "\(folder)/touchline.yml"))
            let seasons = try SharedData.path("football-data.co.uk/mmz4281")
            try await succeeds(
                try Product.touchline,
                [
                    "backfill", "--config.file", "\(folder)/touchline.yml", "--data", seasons, "--warm-up",
                    Self.warmUp, "--from", first, "--to", last, "--every", every, "--everything", "--output",
                    "\(folder)/days.om",
                ], log: "\(folder)/backfill.log")
            try await succeeds(
                "promtool",
                [
                    "tsdb", "create-blocks-from", "--max-block-duration=4320h", "openmetrics", "\(folder)/days.om",
                    "\(folder)/data",
                ], log: "\(folder)/promtool.log")
            let configuration = """
                global: {evaluation_interval: 1d}
                rule_files: ["\(Repository.root)/alerts/*.rules.yml"]
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:9090"]}]}]
                """
            try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/prometheus.yml"))
            // What the second group of rules averages, the first has made by then. Days in one block are asked for at once,
            // and the server gives no more than 11,000 points.
            for _ in 1...2 {
                try await SampleServer.prometheus(folder, data: "data") { server in
                    try await succeeds(
                        "promtool",
                        [
                            "tsdb", "create-blocks-from", "--max-block-duration=144h", "rules", "--url=\(server.url)",
                            "--start=\(first)T00:00:00Z", "--end=\(last)T00:00:00Z", "--eval-interval=1m",
                            "--output-dir=\(folder)/data", "\(Repository.root)/prometheus/recording.rules.yml",
                        ], log: "\(folder)/rules.log")
                }
            }
        }

        private func evaluated(_ folder: String) async throws -> (rules: Int, firings: [PastEvaluation.Firing]) {
            try await SampleServer.prometheus(folder, data: "data") { server in
                let day = { (text: String) in try Date("\(text)T00:00:00Z", strategy: .iso8601) }
                let past = PastEvaluation(server: server, start: try day(first), end: try day(last), step: 60)
                let rules = try await past.alerts()
                var firings: [PastEvaluation.Firing] = []
                for rule in rules { firings += try await past.firings(of: rule) }
                return (rules.count, firings)
            }
        }
    }
}
