import Fetch
import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension UntimedJourneys {
    /// Past seasons in the servers that people keep them in.
    struct BackfillTests {
        /// A fortnight of which every sample is asked for.
        private static let (first, last, days) = ("2006-08-18", "2006-08-31", 14)
        private static let asked = [
            "touchline_score_log_loss", "touchline_drift_p_value", "touchline_matches_overdue",
            "touchline_holdout_ranked_probability_score", "touchline_history_matches",
        ]

        @Test(.timeLimit(.minutes(8)))
        func `a file for promtool, remote write to Prometheus and to VictoriaMetrics come to the same answers`()
            async throws
        {
            try await withFolder { folder in
                try Self.prepare(folder)
                try await Self.backfill(folder, ["--output", "\(folder)/backfill.om"])
                let file = try String(contentsOfFile: "\(folder)/backfill.om", encoding: .utf8)
                #expect(file.hasSuffix("\n# EOF\n"))
                let blocks = try await withProcess(
                    "promtool",
                    [
                        "tsdb", "create-blocks-from", "--max-block-duration=4320h", "openmetrics",
                        "\(folder)/backfill.om", "\(folder)/imported",
                    ], log: "\(folder)/promtool.log"
                ) { process in
                    try await eventually("promtool's end") { process.isDone }
                    return process.said
                }
                print("journey: \(blocks.result)")
                #expect(blocks.status == .exited(0))
                let imported = try await SampleServer.prometheus(folder, data: "imported") {
                    try await Self.answers($0)
                }
                #expect(imported.count >= Self.asked.count * Self.days)

                let written = try await SampleServer.prometheus(folder, data: "written") { server in
                    // It has scraped itself by now: what comes is years older than its newest sample.
                    try await server.waitsForItself()
                    try await Self.backfill(folder, ["--remote-write", "\(server.url)/api/v1/write"])
                    return try await Self.answers(server)
                }
                #expect(written == imported)
                let victoria = try await SampleServer.victoria(folder) { server in
                    try await Self.backfill(folder, ["--remote-write", "\(server.url)/api/v1/write"])
                    return try await Self.answers(server, expecting: imported.count)
                }
                // It keeps decimals of twelve digits or so.
                #expect(Set(victoria.keys) == Set(imported.keys))
                #expect(
                    imported.allSatisfy { name, value in
                        abs((Double(victoria[name] ?? "") ?? .infinity) - (Double(value) ?? 0)) <= 1e-9
                            * abs(Double(value) ?? 0)
                    })
            }
        }

        /// A season, the first days of the next, and a configuration that trains little.
        private static func prepare(_ folder: String) throws {
            for (season, lines) in [("0506", 381), ("0607", 61)] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/seasons/\(season)", withIntermediateDirectories: true)
                let path = try SharedData.path("football-data.co.uk/mmz4281/\(season)/E0.csv")
                let kept = try Data(contentsOf: URL(filePath: path)).split(separator: 10).prefix(lines)
                try Data(kept.joined(separator: [10]))
                    .write(to: URL(filePath: "\(folder)/seasons/\(season)/E0.csv"))
            }
            let yaml = "schedule: {train: \"30 4 * * 1\"}\nmodel: {trees: 5, minimum_matches: 100}\n"
            try Data(yaml.utf8).write(to: URL(filePath: "\(folder)/touchline.yml"))
            // No target but itself; samples of any age are taken.
            let configuration = """
                global: {scrape_interval: 1s}
                storage: {tsdb: {out_of_order_time_window: 30y}}
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:9090"]}]}]
                """
            try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/prometheus.yml"))
        }

        private static func backfill(_ folder: String, _ arguments: [String]) async throws {
            let log = "\(folder)/backfill.log"
            let outcome = try await withProcess(
                try Product.touchline,
                [
                    "backfill", "--config.file", "\(folder)/touchline.yml", "--data", "\(folder)/seasons",
                    "--from", first, "--to", last,
                ] + arguments, log: log
            ) { process in
                try await eventually("the end of the backfill", within: .seconds(150)) { process.isDone }
                print("journey: backfill: \(process.said)")
            }
            let said = try String(contentsOfFile: log, encoding: .utf8)
            #expect(outcome.status == .exited(0), "\(said)")
        }

        /// Every sample of what is asked for: instant and series, and the value.
        private static func answers(_ server: SampleServer, expecting count: Int = 1) async throws -> [String: String] {
            try await eventually("\(count) samples at \(server.url)") {
                var answers: [String: String] = [:]
                for name in asked {
                    answers.merge(try await server.samples(of: name, from: first, to: last)) { $1 }
                }
                return answers.count >= count ? answers : nil
            }
        }
    }
}
