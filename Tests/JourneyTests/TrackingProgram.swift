import Fetch
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// MLflow's own tracking server, running.
struct TrackingProgram: Sendable {
    let address: String
    private let client = Fetcher(
        userAgent: "journey", limits: FetchLimits(totalTimeout: .seconds(30)), retry: RetryPolicy(maximumAttempts: 3),
        seed: 1)

    init(address: String) { self.address = address }

    /// A run as the server tells of it.
    struct Run: Decodable {
        struct Info: Decodable {
            let run_id: String
            let status: String
            let artifact_uri: String
        }

        struct Content: Decodable {
            struct Text: Decodable {
                let key: String
                let value: String
            }

            struct Number: Decodable {
                let key: String
                let value: Double
            }

            let params: [Text]?
            let metrics: [Number]?
            let tags: [Text]?
        }

        let info: Info
        let data: Content

        var parameters: [String: String] { Self.table(data.params) }
        var tags: [String: String] { Self.table(data.tags) }
        var metrics: [String: Double] {
            (data.metrics ?? []).reduce(into: [:]) { $0[$1.key] = $1.value }
        }

        private static func table(_ texts: [Content.Text]?) -> [String: String] {
            (texts ?? []).reduce(into: [:]) { $0[$1.key] = $1.value }
        }
    }

    private struct Runs: Decodable {
        let runs: [Run]?
    }

    private struct Experiments: Decodable {
        struct Experiment: Decodable {
            let experiment_id: String
            let name: String
        }

        let experiments: [Experiment]?
    }

    /// The runs of the experiment that the tests name, oldest first.
    func runs() async throws -> [Run] {
        let all: Experiments = try await ask("experiments/search", #"{"max_results":100}"#)
        let named = try #require(all.experiments?.first { $0.name == "a league/1" })
        let found: Runs = try await ask(
            "runs/search", #"{"experiment_ids":["\#(named.experiment_id)"],"order_by":["attributes.start_time ASC"]}"#)
        return found.runs ?? []
    }

    /// A file of a run, through the server.
    func artifact(_ name: String, of run: Run) async throws -> [UInt8] {
        let path = try #require(run.info.artifact_uri.split(separator: ":", maxSplits: 1).last)
        return try await get("\(address)/api/2.0/mlflow-artifacts/artifacts\(path)/\(name)")
    }

    private func ask<Answer: Decodable>(_ name: String, _ question: String) async throws -> Answer {
        let bytes = try await get("\(address)/api/2.0/mlflow/\(name)", question)
        return try JSONDecoder().decode(Answer.self, from: Data(bytes))
    }

    private func get(_ url: String, _ body: String? = nil) async throws -> [UInt8] {
        let request = FetchRequest(
            url: url, headers: ["Content-Type": "application/json"], body: body.map { Array($0.utf8) })
        guard case .modified(let answer) = try await client.fetch(request) else { throw NotABody(url: url) }
        return answer.bytes
    }

    /// The program: what `.ci/install --tests` makes, or the one that `TOUCHLINE_MLFLOW` names.
    static var program: String {
        get throws {
            let path =
                ProcessInfo.processInfo.environment["TOUCHLINE_MLFLOW"] ?? "\(Repository.root)/.build/mlflow/bin/mlflow"
            guard FileManager.default.isExecutableFile(atPath: path) else { throw NoTrackingServer(path: path) }
            return path
        }
    }
}

struct NoTrackingServer: Error, CustomStringConvertible {
    let path: String

    var description: String { "no MLflow at \(path): .ci/install --tests makes it" }
}

/// Runs MLflow's tracking server on SQLite in a folder, keeping artifacts itself, for as long as the body takes.
func withTracking(in folder: String, _ body: (TrackingProgram) async throws -> Void) async throws {
    // It says its port nowhere when it is to choose one.
    let port = try LoopbackServer { _ in .text("") }.port
    try await withProcess(
        "/usr/bin/env",
        [
            // It would start five consumers of queues that nothing is put into.
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false", "MLFLOW_DISABLE_TELEMETRY=true", "DO_NOT_TRACK=true",
            try TrackingProgram.program, "server",
            "--host", "127.0.0.1", "--port", "\(port)", "--workers", "1",
            "--backend-store-uri", "sqlite:///\(folder)/mlflow.db", "--artifacts-destination", "\(folder)/artifacts",
            "--serve-artifacts",
        ], log: "\(folder)/mlflow.log"
    ) { process in
        let tracking = TrackingProgram(address: "http://127.0.0.1:\(port)")
        try await eventually("MLflow's server, see \(process.log)") {
            let reply = try? await RawExchange.send("GET", "/health", port: Int(port))
            return reply?.status == 200
        }
        try await body(tracking)
    }
}
