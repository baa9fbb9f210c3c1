internal import Fetch
internal import FoundationEssentials

/// An MLflow tracking server, by its REST API (version 2.0) and its proxy for artifacts.
///
/// Nothing is asked twice here: whoever exports tries again later, and finds what is there already by its key.
struct TrackingServer: Sendable {
    private let address: String
    private let experiment: String
    private let headers: [String: String]
    private let fetcher: Fetcher

    /// Makes one that the settings name; throws if their secrets cannot be read.
    init(_ settings: Settings.MLflow) throws(TrackingError) {
        address = settings.trackingURI
        experiment = settings.experiment
        headers = try settings.authorization()
        fetcher = Fetcher(
            userAgent: "touchline/\(Version.number)",
            limits: FetchLimits(
                connectTimeout: min(settings.timeout, .seconds(10)), totalTimeout: settings.timeout,
                maximumBytes: 4 << 20),
            retry: RetryPolicy(maximumAttempts: 1), seed: 1)
    }

    /// Makes the run complete on the server, whatever of it is there already, and returns its name there.
    ///
    /// - Parameters:
    ///   - run: What it says.
    ///   - files: The files that it holds, by name.
    /// - Returns: The run's name on the server.
    /// - Throws: ``TrackingError``; what was sent stays there, and is not sent twice.
    func keep(_ run: TrackedRun, files: [(name: String, bytes: [UInt8])]) async throws(TrackingError) -> String {
        let experiment = try await experimentNumber()
        let found = try await self.found(run, in: experiment)
        let info: RunInfo
        if let found { info = found } else { info = try await begin(run, in: experiment) }
        if info.status == "FINISHED" { return info.id }
        let log = Batch(
            run: info.id,
            metrics: run.metrics.sorted { $0.key < $1.key }.map {
                .init(key: $0.key, value: $0.value, timestamp: run.endedAt.milliseconds, step: 0)
            },
            params: Batch.pairs(run.parameters))
        let _: Nothing = try await post("runs/log-batch", log)
        let folder = try folder(of: info)
        for file in files {
            _ = try await ask(
                "\(address)/api/2.0/mlflow-artifacts/artifacts/\(folder)/\(file.name)", body: file.bytes,
                type: "application/octet-stream", sending: .put)
        }
        let ending = Ending(run: info.id, status: "FINISHED", endTime: run.endedAt.milliseconds)
        let _: Nothing = try await post("runs/update", ending)
        return info.id
    }

    /// The experiment's number on the server; it is made where there is none.
    private func experimentNumber() async throws(TrackingError) -> String {
        let url = "\(address)/api/2.0/mlflow/experiments/get-by-name?experiment_name=\(Self.escaped(experiment))"
        do throws(TrackingError) {
            let found: FoundExperiment = try Self.read(try await ask(url), from: url)
            guard found.experiment.lifecycleStage != "deleted" else { throw .experimentDeleted(experiment) }
            return found.experiment.id
        } catch {
            guard case .fetch(.status(404, _)) = error else { throw error }
        }
        let made: MadeExperiment = try await post("experiments/create", ["name": experiment])
        return made.id
    }

    private func found(_ run: TrackedRun, in experiment: String) async throws(TrackingError) -> RunInfo? {
        let search = Search(
            experiments: [experiment], filter: "tags.`\(TrackedRun.keyTag)` = '\(run.key)'", maximum: 1)
        let found: FoundRuns = try await post("runs/search", search)
        return found.runs?.first?.info
    }

    private func begin(_ run: TrackedRun, in experiment: String) async throws(TrackingError) -> RunInfo {
        let made: MadeRun = try await post(
            "runs/create",
            Beginning(
                experiment: experiment, name: run.name, startTime: run.startedAt.milliseconds,
                tags: Batch.pairs(run.tags)))
        return made.run.info
    }

    /// Where the proxy keeps a run's artifacts: `mlflow-artifacts:/1/.../artifacts`, with or without a host.
    private func folder(of run: RunInfo) throws(TrackingError) -> String {
        guard run.artifacts.hasPrefix("mlflow-artifacts:") else { throw .artifacts(run.artifacts) }
        var path = run.artifacts.dropFirst("mlflow-artifacts:".count)
        if path.hasPrefix("//") { path = path.dropFirst(2).drop { $0 != "/" } }
        return path.split(separator: "/").map { Self.escaped(String($0)) }.joined(separator: "/")
    }

    private func post<Answer: Decodable>(
        _ name: String, _ question: some Encodable
    ) async throws(TrackingError) -> Answer {
        let url = "\(address)/api/2.0/mlflow/\(name)"
        guard let body = try? JSONEncoder().encode(question) else { throw .answer(url) }
        return try Self.read(try await ask(url, body: Array(body), type: "application/json"), from: url)
    }

    private func ask(
        _ url: String, body: [UInt8]? = nil, type: String? = nil, sending: FetchRequest.Sending = .post
    ) async throws(TrackingError) -> [UInt8] {
        var headers = self.headers
        headers["Content-Type"] = type
        do throws(FetchError) {
            let request = FetchRequest(url: url, headers: headers, body: body, sending: sending)
            guard case .modified(let answer) = try await fetcher.fetch(request) else { return [] }
            return answer.bytes
        } catch {
            throw .fetch(error)
        }
    }

    private static func read<Answer: Decodable>(_ bytes: [UInt8], from url: String) throws(TrackingError) -> Answer {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)) else {
            throw .answer(String(url.prefix { $0 != "?" }))
        }
        return answer
    }

    /// RFC 3986: everything but unreserved characters is escaped.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isUnreserved =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            if isUnreserved { return String(UnicodeScalar(byte)) }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension Date {
    /// Milliseconds since 1970, as MLflow counts.
    fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
