import Fetch
import Synchronization
import TestSupport
import Testing

/// A fetcher that makes one attempt and never waits, unless told otherwise.
func fetcher(
    limits: FetchLimits = .init(),
    attempts: Int = 1,
    waits: RecordedWaits = RecordedWaits()
) -> Fetcher {
    Fetcher(
        userAgent: "touchline-tests",
        limits: limits,
        retry: RetryPolicy(maximumAttempts: attempts),
        seed: 7,
        sleep: { waits.record($0) }
    )
}

/// The body of a URL; a 304 is a failed test.
func fetchBody(_ fetcher: Fetcher, _ url: String) async throws -> FetchedBody {
    guard case .modified(let body) = try await fetcher.fetch(FetchRequest(url: url)) else {
        throw UnexpectedNotModified()
    }
    return body
}

struct UnexpectedNotModified: Error {}

/// The failure of a fetch, nil if it did not fail.
func failure(of fetcher: Fetcher, _ url: String) async -> FetchError? {
    do throws(FetchError) {
        _ = try await fetcher.fetch(FetchRequest(url: url))
        return nil
    } catch {
        return error
    }
}

/// The waits that a fetcher asked for; none of them is waited.
final class RecordedWaits: Sendable {
    private let waits = Mutex<[Duration]>([])

    var all: [Duration] { waits.withLock { $0 } }

    func record(_ wait: Duration) {
        waits.withLock { $0.append(wait) }
    }
}

/// The failure of a fetch, nil if it did not fail; keeps its attempts.
func failure(of fetcher: Fetcher, _ url: String, _ seen: Attempts) async -> FetchError? {
    do throws(FetchError) {
        _ = try await fetcher.fetch(FetchRequest(url: url)) { seen.record($0) }
        return nil
    } catch {
        return error
    }
}

/// The attempts that a fetcher reported.
final class Attempts: Sendable {
    private let attempts = Mutex<[FetchAttempt]>([])

    var all: [FetchAttempt] { attempts.withLock { $0 } }

    func record(_ attempt: FetchAttempt) {
        attempts.withLock { $0.append(attempt) }
    }
}

/// A handler that gives one answer after the other, and the last one for ever.
func answering(_ responses: [LoopbackResponse]) -> LoopbackServer.Handler {
    let left = AnswersLeft(responses)
    return { _ in left.next() }
}

private final class AnswersLeft: Sendable {
    private let responses: Mutex<[LoopbackResponse]>

    init(_ responses: [LoopbackResponse]) {
        self.responses = Mutex(responses)
    }

    func next() -> LoopbackResponse {
        responses.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .status(500) }
    }
}
