import Fetch
import FoundationEssentials
import TestSupport

/// A server that keeps samples and answers Prometheus' queries.
struct SampleServer: Sendable {
    let url: String
    private let client = Fetcher(userAgent: "journey", retry: RetryPolicy(maximumAttempts: 1), seed: 1)

    /// Every sample of a name between two midnights: series and instant, and the value.
    func samples(of name: String, from first: String, to last: String) async throws -> [String: String] {
        let span = "start=\(first)T00:00:00Z&end=\(last)T00:00:00Z&step=86400"
        let answer = try await ask("/api/v1/query_range?query=\(name)&\(span)", Answer.self)
        var samples: [String: String] = [:]
        for series in answer.data.result {
            let labels = series.metric.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            for value in series.values {
                samples["\(labels.joined(separator: " ")) \(Int(value.instant))"] = "\(Double(value.text) ?? .nan)"
            }
        }
        return samples
    }

    /// Waits until it has samples of its own, of now.
    func waitsForItself() async throws {
        try await eventually("a sample of \(url) itself") {
            try await !ask("/api/v1/query?query=up", Answer.self).data.result.isEmpty
        }
    }

    /// The text of a page.
    func text(of page: String) async throws -> String {
        guard case .modified(let body) = try await client.fetch(FetchRequest(url: page)) else {
            throw NotABody(url: page)
        }
        return String(decoding: body.bytes, as: UTF8.self)
    }

    /// What an expression came to over a span, by series: instants in Unix time, and the values as text.
    func series(
        _ expression: String, from start: Double, to end: Double, step: Double
    ) async throws -> [(metric: [String: String], values: [(instant: Double, text: String)])] {
        let query = "query=\(MonitoringStack.escaped(expression))&start=\(start)&end=\(end)&step=\(step)"
        return try await ask("/api/v1/query_range?\(query)", Answer.self).data.result.map { series in
            (series.metric, series.values.map { ($0.instant, $0.text) })
        }
    }

    /// The answer of an endpoint, read from JSON.
    func ask<Kind: Decodable>(_ path: String, _: Kind.Type) async throws -> Kind {
        guard case .modified(let body) = try await client.fetch(FetchRequest(url: url + path)) else {
            throw NotABody(url: url + path)
        }
        return try JSONDecoder().decode(Kind.self, from: Data(body.bytes))
    }

    private struct Answer: Decodable {
        struct Found: Decodable { let result: [Series] }

        struct Series: Decodable {
            let metric: [String: String]
            let values: [Value]

            private enum Key: CodingKey { case metric, values }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                metric = try container.decode([String: String].self, forKey: .metric)
                values = try container.decodeIfPresent([Value].self, forKey: .values) ?? []
            }
        }

        struct Value: Decodable {
            let instant: Double
            let text: String

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                instant = try list.decode(Double.self)
                text = try list.decode(String.self)
            }
        }

        let data: Found
    }
}

extension SampleServer {
    /// Runs Prometheus on a folder of data for as long as the body takes.
    static func prometheus<Result: Sendable>(
        _ folder: String, data: String, body: (SampleServer) async throws -> Result
    ) async throws -> Result {
        let port = try freePort()
        let configuration = "\(folder)/prometheus.yml"
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try Data(text.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:\(port)").utf8)
            .write(to: URL(filePath: configuration))
        return try await withProcess(
            "prometheus",
            [
                "--config.file=\(configuration)", "--storage.tsdb.path=\(folder)/\(data)",
                "--storage.tsdb.retention.time=100y", "--web.enable-remote-write-receiver",
                "--web.listen-address=127.0.0.1:\(port)",
            ], log: "\(folder)/\(data).log"
        ) { process in
            try await eventually("Prometheus in \(process.log)") { process.said.contains("Server is ready") }
            return try await body(SampleServer(url: "http://127.0.0.1:\(port)"))
        }.result
    }

    /// Runs VictoriaMetrics for as long as the body takes.
    static func victoria<Result: Sendable>(
        _ folder: String, body: (SampleServer) async throws -> Result
    ) async throws -> Result {
        let port = try freePort()
        return try await withProcess(
            "victoria-metrics",
            [
                "-storageDataPath=\(folder)/victoria", "-httpListenAddr=127.0.0.1:\(port)", "-retentionPeriod=100y",
                "-search.latencyOffset=0s", "-search.disableCache",
            ], log: "\(folder)/victoria.log"
        ) { process in
            try await eventually("VictoriaMetrics in \(process.log)") {
                process.said.contains("started VictoriaMetrics")
            }
            return try await body(SampleServer(url: "http://127.0.0.1:\(port)"))
        }.result
    }

    private static func freePort() throws -> Int {
        let server = try LoopbackServer { _ in .text("") }
        defer { server.stop() }
        return Int(server.port)
    }
}
