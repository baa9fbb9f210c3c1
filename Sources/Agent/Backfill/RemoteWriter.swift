internal import Exposition
internal import Fetch
internal import FoundationEssentials

/// Sends samples with Prometheus' remote write, oldest first and one request at a time, so that no series goes back.
///
/// A server that is busy, broken (5xx, 429), slow or away is asked again, as patiently as `Retry-After` says; what it
/// refuses (any other 4xx) is an error, because the same samples would be refused again.
///
/// Source: Prometheus Remote-Write 1.0 specification, "Retries & Backoff".
struct RemoteWriter: BackfillSink {
    /// Samples of one request.
    private static let batch = 10_000

    private let url: String
    private let fetcher: Fetcher
    private var waiting: [[RemoteWriteRequest.Sample]] = []
    private var count = 0
    private var bytes = 0
    private var requests = 0

    /// Prepares for a server; nothing is sent yet.
    init(
        _ url: String, limits: FetchLimits = FetchLimits(), attempts: Int = 12,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.url = url
        let retry = RetryPolicy(
            maximumAttempts: attempts, maximumRetryAfter: .seconds(600), statuses: .remoteWrite)
        fetcher = Fetcher(
            userAgent: "touchline/\(Version.number)", limits: limits, retry: retry, seed: 1, sleep: sleep)
    }

    mutating func take(
        _ values: [ScrapeHistory.Value], at milliseconds: Int64, _ history: ScrapeHistory
    ) async throws {
        while waiting.count < history.series.count { waiting.append([]) }
        for (series, value) in values { waiting[series].append(.init(value: value, timestamp: milliseconds)) }
        count += values.count
        if count >= Self.batch { try await send(history) }
    }

    mutating func finish(_ history: ScrapeHistory) async throws -> (bytes: Int, requests: Int) {
        try await send(history)
        return (bytes, requests)
    }

    private mutating func send(_ history: ScrapeHistory) async throws(AgentError) {
        guard count > 0 else { return }
        let request = RemoteWriteRequest(
            series: zip(history.series, waiting).filter { !$1.isEmpty }.map { .init(labels: $0.labels, samples: $1) })
        let body = request.body
        do throws(FetchError) {
            _ = try await fetcher.fetch(FetchRequest(url: url, headers: RemoteWriteRequest.headers, body: body))
        } catch {
            throw .job(Self.explanation(error, url))
        }
        bytes += body.count
        requests += 1
        count = 0
        for series in waiting.indices { waiting[series] = [] }
    }

    private static func explanation(_ error: FetchError, _ url: String) -> String {
        guard case .status(let status, _) = error else { return "remote write failed: \(error)" }
        return switch status {
        case 400:
            "remote write refused with 400 by \(url): Prometheus takes samples older than its newest only within "
                + "storage.tsdb.out_of_order_time_window"
        case 404: "nothing takes remote write at \(url) (404): Prometheus needs --web.enable-remote-write-receiver"
        default: "remote write failed: \(error)"
        }
    }
}
