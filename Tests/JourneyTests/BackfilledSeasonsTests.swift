import FoundationEssentials
import Glibc
import Subprocess
import TestSupport
import Testing

@testable import Agent
@testable import Exposition

extension UntimedJourneys {
    /// Years in a real Prometheus: what its dashboards say of them, and whether an agent would have said the same.
    ///
    /// With `TOUCHLINE_SEASONS=8` eight real seasons, which takes some minutes; without it twenty days.
    struct BackfilledSeasonsTests {
        private static let seasons = Int(ProcessInfo.processInfo.environment["TOUCHLINE_SEASONS"] ?? "") ?? 0
        private static let (first, last) =
            seasons > 0 ? ("\(2024 - seasons)-07-01", "2024-06-30") : ("2023-08-20", "2023-09-08")
        /// In the short run models age so soon that trainings are ordered between those that the schedule has.
        private static let yaml = """
            feed: {first_season: \(seasons > 0 ? 2023 - seasons : 2021)/\(seasons > 0 ? 24 - seasons : 22)}
            schedule: {train: "30 4 * * 1"}
            model: {trees: \(seasons > 0 ? "50" : "5, maximum_age: 3d, retrain_pause: 1d")}
            """
        /// Those that say most of the past.
        private static let dashboards = ["data.json", "drift.json", "model.json"]

        @Test(.timeLimit(.minutes(60)))
        func `seasons in Prometheus answer the dashboards, and equal what an agent of the time shows, at ten instants`()
            async throws
        {
            try await withFolder { folder in
                // Where the tests run as root, the server's own user must get through.
                chmod(folder, 0o755)
                try Data(Self.yaml.utf8).write(to: URL(filePath: "\(folder)/touchline.yml"))
                let data = try SharedData.path("football-data.co.uk/mmz4281")
                let (file, blocks) = ("\(folder)/seasons.om", "\(folder)/data")
                let settings = try Settings(yaml: Self.yaml, file: "the test's", stateDirectory: folder + "/unused")
                let backfill = Backfill(
                    try Backfill.Options(
                        data: data, from: Self.first, to: Self.last, every: "1d", directory: folder + "/unused"),
                    settings: settings)
                let spots = Self.spots(backfill.instants)
                let lived = LivedSeasons(backfill: backfill, state: "\(folder)/live")
                // Both take about as long, and neither knows of the other.
                async let living = Self.time { try await lived.pages(on: Set(spots)) }
                let (_, played) = try await Self.time {
                    try await succeeds(
                        try Product.touchline,
                        [
                            "backfill", "--config.file", "\(folder)/touchline.yml", "--data", data, "--from",
                            Self.first,
                            "--to", Self.last, "--output", file,
                        ], log: "\(folder)/backfill.log")
                }
                let (_, imported) = try await Self.time {
                    try await succeeds(
                        "promtool",
                        ["tsdb", "create-blocks-from", "--max-block-duration=4320h", "openmetrics", file, blocks],
                        log: "\(folder)/promtool.log")
                }
                let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
                let count = try FileManager.default.contentsOfDirectory(atPath: blocks).count
                print("journey: \(Self.first) to \(Self.last): played in \(played), \(Double(size) / 1e6) MB,")
                print("journey: imported in \(imported) into \(count) blocks")
                let (pages, took) = try await living
                print("journey: lived through in \(took)")
                #expect(pages.count == 10)
                let configuration =
                    "scrape_configs: [{job_name: self, static_configs: [{targets: [\"127.0.0.1:9090\"]}]}]"
                try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/prometheus.yml"))
                try await SampleServer.prometheus(folder, data: "data") { server in
                    for spot in spots { try await isEqual(server, at: spot, to: try #require(pages[spot])) }
                    try await answerTheDashboards(server, backfill)
                }
            }
        }

        /// Ten midnights, spread over the whole span, its last among them.
        private static func spots(_ instants: [Date]) -> [Date] {
            (1...10).map { instants[instants.count * $0 / 10 - 1] }
        }

        /// Compares every series that Prometheus has at an instant with the page that an agent showed then.
        private func isEqual(_ server: SampleServer, at spot: Date, to page: String) async throws {
            var history = ScrapeHistory(job: "touchline", instance: "localhost:9876", isWanted: Backfill.isWritten)
            var shown: [String: Double] = [:]
            for (series, value) in history.read(Array(page.utf8)) { shown[history.series[series].text] = value }
            let seconds = spot.timeIntervalSince1970
            var kept: [String: Double] = [:]
            for series in try await server.series("{job=\"touchline\"}", from: seconds, to: seconds, step: 1) {
                let labels = series.metric.map { RemoteWriteRequest.Label(name: $0.key, value: $0.value) }
                    .sorted { $0.name < $1.name }
                kept[SeriesText.text(of: labels)] = series.values.first.flatMap { Double($0.text) }
            }
            let names = Set(shown.keys).union(kept.keys)
            let different = names.filter {
                shown[$0] != kept[$0] && !(shown[$0]?.isNaN == true && kept[$0]?.isNaN == true)
            }
            print("journey: \(spot.formatted(.iso8601)): \(names.count) series, \(different.count) different")
            #expect(names.count > 200)
            for name in different.sorted().prefix(5) {
                Issue.record("\(name) on \(spot): lived \(shown[name] ?? .nan), imported \(kept[name] ?? .nan)")
            }
        }

        /// Asks every question of three dashboards over the whole span, a day a step.
        private func answerTheDashboards(_ server: SampleServer, _ backfill: Backfill) async throws {
            let (start, end) = (backfill.options.from, backfill.options.through)
            let asked = PastDashboards(server: server, start: start, end: end)
            let shipped = try Dashboard.all().filter { file, _ in Self.dashboards.contains { file.hasSuffix("/\($0)") }
            }
            #expect(shipped.count == Self.dashboards.count)
            for (file, dashboard) in shipped {
                let answers = try await asked.ask(dashboard)
                let slowest = answers.max { $0.took < $1.took }
                let empty = answers.filter { $0.values == 0 && $0.isExpected }
                print(
                    "journey: \(file): \(answers.count) questions, \(answers.reduce(0) { $0 + $1.values }) values,",
                    "\(answers.count { $0.values == 0 }) of what is not backfilled; slowest",
                    "\(slowest?.took ?? .zero): \(slowest?.panel ?? "")")
                for answer in empty { Issue.record("nothing to see: \(file): \(answer.panel): \(answer.question)") }
                #expect((slowest?.took ?? .zero) < .seconds(10))
            }
        }

        private static func time<Result>(
            _ body: () async throws -> Result
        ) async rethrows -> (result: Result, took: Duration) {
            let began = ContinuousClock.now
            let result = try await body()
            return (result, .now - began)
        }
    }
}

/// Runs a program to its end, which must be a good one.
func succeeds(_ program: String, _ arguments: [String], log: String) async throws {
    let outcome = try await withProcess(program, arguments, log: log) { process in
        try await eventually("the end of \(program)", within: .seconds(3000)) {
            process.isDone
        }
    }
    let said = try String(contentsOfFile: log, encoding: .utf8)
    #expect(outcome.status == .exited(0), "\(said)")
    print("journey: \(program.split(separator: "/").last ?? ""): \(said.split(separator: "\n").last ?? "")")
}
