import Fetch
import FoundationEssentials
import TestSupport

/// Prometheus and Alertmanager, running on the shipped configuration.
struct MonitoringStack: Sendable {
    let prometheus: Int
    /// Where Alertmanager's notifications arrive.
    let receiver: LoopbackServer
    private let client = Fetcher(
        userAgent: "journey", retry: RetryPolicy(maximumAttempts: 1), seed: 1)

    /// The answer of one of Prometheus' own endpoints.
    func ask<Answer: Decodable>(_ path: String, _: Answer.Type = Answer.self) async throws -> Answer {
        let url = "http://127.0.0.1:\(prometheus)/api/v1/\(path)"
        guard case .modified(let body) = try await client.fetch(FetchRequest(url: url)) else {
            throw NotABody(url: url)
        }
        return try JSONDecoder().decode(Envelope<Answer>.self, from: Data(body.bytes)).data
    }

    /// The labels and values that an expression has now.
    func query(_ expression: String) async throws -> [(labels: [String: String], value: String)] {
        let answer = try await ask("query?query=\(Self.escaped(expression))", QueryResult.self)
        return answer.result.map { ($0.metric, $0.value.text) }
    }

    /// How many values an expression has over a span, a second apart; those that are no numbers do not count.
    func values(of expression: String, from start: Date, to end: Date) async throws -> Int {
        let span = "start=\(start.timeIntervalSince1970)&end=\(end.timeIntervalSince1970)&step=1"
        let answer = try await ask("query_range?query=\(Self.escaped(expression))&\(span)", RangeResult.self)
        return answer.result.reduce(0) { $0 + $1.values.count { $0.text != "NaN" } }
    }

    /// The values of a label among the series that a selector matches.
    func values(ofLabel label: String, in selector: String) async throws -> [String] {
        try await ask("label/\(label)/values?match[]=\(Self.escaped(selector))", [String].self)
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let hexadecimal = String(byte, radix: 16, uppercase: true)
            return "%" + (hexadecimal.count == 1 ? "0" : "") + hexadecimal
        }.joined()
    }

    /// What was notified to one of the receivers, the oldest first.
    func notified(_ receiver: String) throws -> [Notification] {
        try self.receiver.requests.filter { $0.path == "/\(receiver)" }.map {
            try JSONDecoder().decode(Notification.self, from: Data($0.body))
        }
    }

    private struct Envelope<Answer: Decodable>: Decodable {
        let data: Answer
    }

    private struct QueryResult: Decodable {
        struct Sample: Decodable {
            let metric: [String: String]
            let value: Value
        }

        let result: [Sample]
    }

    private struct RangeResult: Decodable {
        struct Series: Decodable { let values: [Value] }

        let result: [Series]
    }

    /// An instant and a number as text, `[1700000000.1, "1"]`.
    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            _ = try list.decode(Double.self)
            text = try list.decode(String.self)
        }
    }
}

/// What Alertmanager posts to a webhook, as far as the tests read it.
struct Notification: Decodable {
    struct Alert: Decodable {
        let status: String
        let labels: [String: String]
        let annotations: [String: String]
    }

    let receiver: String
    let alerts: [Alert]
}

/// A window of a rule in compressed time.
private func compressed(_ count: Substring, _ unit: Substring) -> String {
    let seconds = (Int(count) ?? 0) * (unit == "m" ? 60 : unit == "h" ? 3600 : 86_400)
    return "\(min(60, max(8, seconds / 360)))s"
}

/// Runs Debian's Prometheus and Alertmanager on copies of the shipped files for as long as the body takes.
///
/// In the copies only addresses and times are others: the agent's, Alertmanager's and the webhooks' addresses, a second
/// between scrapes, evaluations and notifications of a group (and of one alert to Alertmanager), and two seconds in place of each alert's `for`.
///
/// Where time is compressed, also the windows that rules look at and the spans that they allow are short: a minute for six
/// hours or more, and never below eight seconds.
///
/// - Parameters:
///   - folder: Where the copies and the data go.
///   - agent: The port that Prometheus scrapes.
///   - isCompressed: Whether windows and spans are shortened.
///   - interval: From one scrape, and from one evaluation, to the next.
///   - hold: What stands in place of each alert's `for`.
///   - body: Works with the two.
/// - Throws: What the body throws, or that one of the programs is not installed.
func withMonitoring(
    in folder: String, scraping agent: Int, isCompressed: Bool = false, every interval: String = "1s",
    hold: String = "2s",
    body: (MonitoringStack) async throws -> Void
) async throws {
    let receiver = try LoopbackServer { _ in .text("taken") }
    let shipped = Repository.root
    for name in ["prometheus", "alerts"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(shipped)/\(name)")
        where file.hasSuffix(".yml") {
            let text = try String(contentsOfFile: "\(shipped)/\(name)/\(file)", encoding: .utf8)
            let changed = text.replacing(/(\s(?:for|group_wait|group_interval)): (\d+[a-z]+)/) { match in
                "\(match.output.1): \(match.output.1.hasSuffix("for") ? hold : "1s")"
            }
            .replacing(/(scrape_interval|scrape_timeout|evaluation_interval): \d+s/) {
                "\($0.output.1): \(interval)"
            }
            .replacing(/\[(\d+)([mhd])\]/) { match in
                "[\(isCompressed ? compressed(match.output.1, match.output.2) : "\(match.output.1)\(match.output.2)")]"
            }
            .replacing(/([ (])(\d{3,6})([)\s])/) { match in
                let seconds = isCompressed ? max(2, (Int(match.output.2) ?? 0) / 360) : Int(match.output.2) ?? 0
                return "\(match.output.1)\(seconds)\(match.output.3)"
            }
            .replacing("127.0.0.1:9095", with: "127.0.0.1:\(receiver.port)")
            .replacing("localhost:9876", with: "127.0.0.1:\(agent)")
            try Data(changed.utf8).write(to: URL(filePath: "\(folder)/\(name)/\(file)"))
        }
    }
    try FileManager.default.copyItem(
        atPath: "\(shipped)/prometheus/templates", toPath: "\(folder)/prometheus/templates")
    try await withProcess(
        "prometheus-alertmanager",
        [
            "--config.file=\(folder)/prometheus/alertmanager.yml", "--storage.path=\(folder)/alertmanager",
            "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=",
        ], log: "\(folder)/alertmanager.log"
    ) { alertmanager in
        let port = try await alertmanager.port(after: #"msg="Listening on" address="#)
        let configuration = "\(folder)/prometheus/prometheus.yml"
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try Data(text.replacing("localhost:9093", with: "127.0.0.1:\(port)").utf8)
            .write(to: URL(filePath: configuration))
        try await withProcess(
            "prometheus",
            [
                "--config.file=\(configuration)", "--storage.tsdb.path=\(folder)/prometheus-data",
                "--web.listen-address=127.0.0.1:0", "--rules.alert.resend-delay=1s",
            ], log: "\(folder)/prometheus.log"
        ) { prometheus in
            try await body(
                MonitoringStack(
                    prometheus: try await prometheus.port(after: #"msg="Listening on" address="#), receiver: receiver))
        }
    }
}
