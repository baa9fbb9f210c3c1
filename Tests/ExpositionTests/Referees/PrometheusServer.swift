import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// A real Prometheus that scrapes one target.
struct PrometheusServer {
    /// One element of an instant vector.
    struct Result: Decodable {
        struct Histogram: Decodable {
            let count: String
            let sum: String
            let buckets: [[Bucket]]?
        }

        /// A bucket's parts are a number, which bounds belong to it, and texts: its bounds and its count.
        enum Bucket: Decodable {
            case rule(Int)
            case number(Double)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let rule = try? container.decode(Int.self) {
                    self = .rule(rule)
                } else {
                    self = .number(Double(try container.decode(String.self)) ?? .nan)
                }
            }
        }

        struct Stamped<Value: Decodable>: Decodable {
            let value: Value

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                _ = try container.decode(Double.self)
                value = try container.decode(Value.self)
            }
        }

        let metric: [String: String]
        let value: Stamped<String>?
        let histogram: Stamped<Histogram>?
    }

    /// The series for which there are exemplars.
    struct Exemplars: Decodable {
        struct One: Decodable {
            let labels: [String: String]
            let value: String
        }

        let seriesLabels: [String: String]
        let exemplars: [One]
    }

    private struct Answer<Body: Decodable>: Decodable { let data: Body }
    private struct Vector: Decodable { let result: [Result] }

    private let url: String

    /// Runs Prometheus on a target for as long as the body takes.
    static func run(
        scraping port: UInt16, features: String, _ body: @Sendable (PrometheusServer) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prometheus-\(getpid())-\(port)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let configuration = """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms}
            scrape_configs: [{job_name: it, static_configs: [{targets: ["127.0.0.1:\(port)"]}]}]
            """
        let file = folder.appending(path: "prometheus.yml")
        try Data(configuration.utf8).write(to: file)
        let own = try freePort()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                _ = try await Subprocess.run(
                    .name("prometheus"),
                    arguments: [
                        "--config.file=\(file.path)", "--storage.tsdb.path=\(folder.path)/data",
                        "--web.listen-address=127.0.0.1:\(own)", "--log.level=error", "--enable-feature=\(features)",
                    ],
                    input: .none, output: .discarded, error: .discarded)
            }
            try await body(PrometheusServer(url: "http://127.0.0.1:\(own)/api/v1"))
            tasks.cancelAll()
        }
    }

    private init(url: String) {
        self.url = url
    }

    /// The newest sample of each series that the selector finds.
    func query(_ selector: String) async throws -> [Result] {
        try await get("query", ["query=\(selector)"], as: Vector.self)?.result ?? []
    }

    /// The exemplars of all times.
    func exemplars(_ selector: String) async throws -> [Exemplars] {
        return try await get(
            "query_exemplars", ["query=\(selector)", "start=0", "end=2000000001"], as: [Exemplars].self) ?? []
    }

    /// Waits until the target has been scraped `scrapes` times; false if that takes longer than half a minute.
    func waitForScrapes(_ scrapes: Int) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .seconds(30))
        while ContinuousClock.now < deadline {
            if let seen = try await query("sum_over_time(up[5m])").first?.value?.value, Int(seen) ?? 0 >= scrapes {
                return true
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Why the last scrape failed; empty if it did not.
    func scrapeError() async throws -> String {
        struct Targets: Decodable {
            struct Target: Decodable { let lastError: String }
            let activeTargets: [Target]
        }
        let targets = try await get("targets", [], as: Targets.self)?.activeTargets
        return targets?.first?.lastError ?? "Prometheus does not answer"
    }

    private func get<Body: Decodable>(_ path: String, _ parameters: [String], as: Body.Type) async throws -> Body? {
        let result = try await Subprocess.run(
            .name("curl"),
            arguments: Arguments(
                ["-sG", "\(url)/\(path)"] + parameters.flatMap { ["--data-urlencode", $0] }),
            input: .none, output: .bytes(limit: 64 << 20), error: .discarded)
        // Nothing is answered before the server has started.
        return try? JSONDecoder().decode(Answer<Body>.self, from: Data(result.standardOutput)).data
    }

    /// A port that nobody listens on now.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
            }
        }
        guard code == 0 else { throw Errno(rawValue: errno) }
        return UInt16(bigEndian: address.sin_port)
    }
}
