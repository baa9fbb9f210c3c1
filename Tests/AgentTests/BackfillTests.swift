import Exposition
import Football
import FoundationEssentials
import Hummingbird
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Agent

struct BackfillTests {
    private static let yaml = """
        web: {listen_addresses: ["127.0.0.1:0"]}
        log: {level: error}
        feed: {first_season: 2005/06, pause: 0s, attempts: 1}
        schedule: {train: "30 4 * * 1", jitter: 0s, retry_pause: 1s}
        model: {trees: 5, minimum_matches: 100}
        """

    @Test(.timeLimit(.minutes(4)))
    func `what is backfilled is what a live agent would have shown, on every one of eleven days`() async throws {
        try await withSeasonFolder { folder in
            let options = try Backfill.Options(
                data: folder, from: "2006-08-18", to: "2006-08-28", every: "1d", directory: folder + "/replay")
            let settings = try Settings(yaml: Self.yaml, file: "the test's", stateDirectory: folder + "/unused")
            let backfill = Backfill(options, settings: settings)
            let file = folder + "/backfill.om"
            let summary = try await backfill.run(to: .file(file)) { _, _ in }
            #expect(summary.instants == 11 && summary.samples > 11 * 200)
            #expect(!FileManager.default.fileExists(atPath: options.directory))
            let written = try Self.samples(of: String(contentsOfFile: file, encoding: .utf8))
            #expect(written.count == summary.samples)

            let live = try await Self.live(backfill, folder)
            #expect(live.count == written.count)
            var different: [String] = []
            for (sample, value) in live where written[sample] != value {
                different.append("\(sample): live \(value), backfilled \(written[sample] ?? "absent")")
            }
            #expect(different.isEmpty, "\(different.count) differ: \(different.sorted().prefix(5))")
            let scored = live.keys.filter { $0.hasPrefix("touchline_score_log_loss{") }
            #expect(!scored.isEmpty, "results came in and were scored")
        }
    }

    @Test func `what is no day, no span or no duration is refused by its flag`() {
        for (from, to, every, warmUp, flag) in [
            ("2006-13-01", "2006-08-28", "1d", nil, "--from"), ("2006-08-18", "never", "1d", nil, "--to"),
            ("2006-08-18", "2006-08-17", "1d", nil, "--to"), ("2006-08-18", "2006-08-19", "often", nil, "--every"),
            ("2006-08-18", "2006-08-19", "10ms", nil, "--every"),
            ("2006-08-18", "2006-08-19", "1d", "2006-08-19", "--warm-up"),
            ("2006-08-18", "2006-08-19", "1d", "before", "--warm-up"),
        ] as [(String, String, String, String?, String)] {
            let error = #expect(throws: SettingsError.self) {
                try Backfill.Options(data: "/d", from: from, to: to, every: every, warmUp: warmUp, directory: "/r")
            }
            #expect(error?.description.contains(flag) == true)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `days that are played and not written are the past of those that are`() async throws {
        try await withSeasonFolder { folder in
            let settings = try Settings(yaml: Self.yaml, file: "the test's", stateDirectory: folder + "/unused")
            func scored(warmUp: String?) async throws -> (Backfill.Summary, [String: String]) {
                let options = try Backfill.Options(
                    data: folder, from: "2006-08-27", to: "2006-08-28", every: "12h", warmUp: warmUp,
                    directory: folder + "/replay")
                let file = folder + "/backfill.om"
                let summary = try await Backfill(options, settings: settings).run(to: .file(file)) { _, _ in }
                let samples = try Self.samples(of: String(contentsOfFile: file, encoding: .utf8))
                return (summary, samples.filter { $0.key.hasPrefix("touchline_score_matches{") })
            }
            let (cold, none) = try await scored(warmUp: nil)
            let (warm, some) = try await scored(warmUp: "2006-08-18")
            #expect(cold.instants == 3 && warm.instants == 3)
            #expect(none.isEmpty, "what was over before the first forecast is not scored: \(none)")
            #expect(Set(some.keys.compactMap { $0.split(separator: " ").last }).count == 3, "\(some)")
        }
    }

    @Test func `every family that is left out exists, and scores, drift and freshness are written`() throws {
        let names = try Example.agent().registry.descriptors.map(\.familyName)
        for prefix in Backfill.ofTheReplay {
            #expect(names.contains { $0.hasPrefix(prefix) }, "nothing begins with \(prefix)")
        }
        for name in ["touchline_score_log_loss", "touchline_drift_p_value", "touchline_matches_overdue"] {
            #expect(names.contains(name) && Backfill.isWritten(name), "\(name)")
        }
    }

    /// `series instant` and value of every line of a file, whose lines are in order.
    private static func samples(of text: String) throws -> [String: String] {
        let lines = text.split(separator: "\n")
        #expect(lines.last == "# EOF")
        var samples: [String: String] = [:]
        for line in lines where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            let (instant, value) = (parts[parts.count - 1], parts[parts.count - 2])
            samples["\(parts.dropLast(2).joined(separator: " ")) \(instant)"] = String(value)
        }
        return samples
    }

    /// The same days, lived through by an agent that runs as ever and is scraped over HTTP each midnight.
    private static func live(_ backfill: Backfill, _ folder: String) async throws -> [String: String] {
        let instant = ReplayedInstant(backfill.options.from)
        let matches = try SeasonFolder(path: folder, division: "E0").matches()
        let shown = Mutex<[String: String]>([:])
        try await backfill.withFeed(ReplayFeed(matches, division: "E0", at: instant)) { port in
            var settings = backfill.settings
            settings.stateDirectory = folder + "/live"
            settings.feed.baseURL = "http://127.0.0.1:\(port)"
            let played = settings
            let agent = try Agent(settings: played, load: { played }, clock: instant.clock, environment: [:])
            try await withThrowingTaskGroup(of: Void.self) { services in
                services.addTask { try await agent.database.run() }
                services.addTask { try await agent.worker.run() }
                try await withPages(agent) { pages in
                    for day in backfill.instants {
                        instant.advance(to: day)
                        try await settled(agent, at: day)
                        let page = try await pages.get("/metrics", accept: "application/openmetrics-text").body
                        shown.withLock { $0.merge(values(on: page, at: day)) { $1 } }
                    }
                }
                services.cancelAll()
            }
        }
        return shown.withLock { $0 }
    }

    /// Waits until the worker has done all that is due.
    private static func settled(_ agent: Agent, at day: Date) async throws {
        let schedule = JobSchedule(settings: agent.settings.current.schedule)
        while true {
            if let jobs = agent.snapshots.current?.jobs, schedule.due(at: day, records: jobs) == nil { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func values(on page: [UInt8], at day: Date) -> [String: String] {
        var history = ScrapeHistory(job: "touchline", instance: "localhost:9876", isWanted: Backfill.isWritten)
        var values: [String: String] = [:]
        for (series, value) in history.read(page) {
            let text = value == value.rounded() ? "\(Int64(value))" : "\(value)"
            values["\(history.series[series].text) \(Int(day.timeIntervalSince1970))"] = text
        }
        return values
    }
}

/// Makes a folder with a real season and the beginning of the next, and removes it.
func withSeasonFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "/tmp/touchline-backfill-test-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (season, lines) in [("0506", 381), ("0607", 61)] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(season)", withIntermediateDirectories: true)
        let file = try Data(contentsOf: SharedData.url("football-data.co.uk/mmz4281/\(season)/E0.csv"))
        let kept = file.split(separator: UInt8(ascii: "\n")).prefix(lines)
        try Data(kept.joined(separator: [UInt8(ascii: "\n")]))
            .write(to: URL(filePath: "\(folder)/\(season)/E0.csv"))
    }
    try await body(folder)
}
