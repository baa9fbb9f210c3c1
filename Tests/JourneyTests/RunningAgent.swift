import Fetch
import FoundationEssentials
import Glibc
import Subprocess
import Testing

/// `touchline serve`, running.
struct RunningAgent: Sendable {
    let process: ChildProcess
    let port: Int
    let client: Fetcher

    /// The body of a page.
    func get(_ path: String, headers: [String: String] = [:]) async throws -> FetchedBody {
        let url = "http://127.0.0.1:\(port)\(path)"
        guard case .modified(let body) = try await client.fetch(FetchRequest(url: url, headers: headers)) else {
            throw NotABody(url: url)
        }
        return body
    }

    func metrics() async throws -> MetricsPage {
        MetricsPage(String(decoding: try await get("/metrics").bytes, as: UTF8.self))
    }

    /// Waits until a metric satisfies a condition; a series that is absent does not.
    func waits(_ series: String, within patience: Duration = .seconds(120), _ holds: (Double) -> Bool) async throws {
        try await eventually("\(series) of \(process.log)", within: patience) {
            try await metrics()[series].map(holds) ?? false
        }
    }

    func forecasts() async throws -> ForecastsPage {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(ForecastsPage.self, from: Data(try await get("/api/v1/forecasts").bytes))
    }
}

/// `/api/v1/forecasts`, as far as the tests read it.
struct ForecastsPage: Decodable {
    struct Forecast: Decodable {
        struct Probabilities: Decodable {
            let home: Double
            let draw: Double
            let away: Double
        }

        let home: String
        let away: String
        let deadline: Date
        let madeAt: Date
        let model: Int
        let probabilities: Probabilities
        let market: Probabilities?
    }

    let synthetic: Bool
    let forecasts: [Forecast]
}

struct NotABody: Error {
    let url: String
}

/// Runs the agent on a home for as long as the body takes.
///
/// - Parameters:
///   - home: Where it keeps its state.
///   - configuration: The YAML file's text, without the listening address and the state directory.
///   - port: Where it listens; 0 for any free port.
///   - wrapper: A program and its arguments that start the agent, for instance `taskset -c 0,1`.
///   - body: Works with the agent; it may kill it.
/// - Returns: What the body returned, and how the agent ended.
/// - Throws: What the body throws, or that the agent did not come to listen.
@discardableResult
func withAgent<Result: Sendable>(
    _ home: AgentHome, _ configuration: String, port: Int = 0, wrapper: [String] = [],
    body: (RunningAgent) async throws -> Result
) async throws -> (result: Result, status: TerminationStatus) {
    try Data(configuration.utf8).write(to: URL(filePath: home.configuration))
    let runs = try FileManager.default.contentsOfDirectory(atPath: home.folder).count { $0.hasPrefix("agent-") }
    let command =
        wrapper + [
            try Product.touchline, "serve", "--config.file", home.configuration, "--state-directory", home.state,
            "--web.listen-address", "127.0.0.1:\(port)", "--log.level", "debug",
        ]
    return try await withProcess(
        command[0], Array(command.dropFirst()), log: "\(home.folder)/agent-\(runs + 1).log"
    ) { process in
        let port = try await process.port(after: "msg=listening address=")
        let limits = FetchLimits(totalTimeout: .seconds(10))
        return try await body(
            RunningAgent(
                process: process, port: port,
                client: Fetcher(
                    userAgent: "journey", limits: limits, retry: RetryPolicy(maximumAttempts: 1), seed: 1)))
    }
}

/// What the package builds.
enum Product {
    /// The program, in the folder of the test bundle, or the one that `TOUCHLINE_PROGRAM` names.
    static var touchline: String {
        get throws {
            if let named = ProcessInfo.processInfo.environment["TOUCHLINE_PROGRAM"] { return named }
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let path = "/" + (bundle.split(separator: "/").dropLast() + ["touchline"]).joined(separator: "/")
            guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
            return path
        }
    }
}

struct NotBuilt: Error, CustomStringConvertible {
    let path: String

    var description: String { "no program at \(path): swift build makes it" }
}
