import Synchronization

/// Gets URLs over libcurl: conditionally, within limits, and again after a while where that may help.
///
/// Fetches may run at the same time; they share connections. Waiting for the network never holds a cooperative thread.
public final class Fetcher: Sendable {
    private let userAgent: String
    private let limits: FetchLimits
    private let retry: RetryPolicy
    private let gates: HostGates?
    private let politeness: HostGates.Policy
    private let seed: UInt64
    private let sleep: @Sendable (Duration) async throws -> Void
    private let transfers = Transfers()
    private let fetches = Atomic<UInt64>(0)

    /// Makes a fetcher; it opens nothing until the first fetch.
    ///
    /// - Parameters:
    ///   - userAgent: The `User-Agent` of every request.
    ///   - limits: What one attempt may cost.
    ///   - retry: When an attempt is made again.
    ///   - gates: What keeps the fetches of all who share it polite; nil to ask at once.
    ///   - politeness: How each host is treated at the gates.
    ///   - seed: Where the jitter of the waits starts.
    ///   - sleep: Waits between attempts; whatever it throws ends the fetch as cancelled.
    public init(
        userAgent: String,
        limits: FetchLimits = .init(),
        retry: RetryPolicy = .init(),
        gates: HostGates? = nil,
        politeness: HostGates.Policy = .init(),
        seed: UInt64,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.userAgent = userAgent
        self.limits = limits
        self.retry = retry
        self.gates = gates
        self.politeness = politeness
        self.seed = seed
        self.sleep = sleep
    }

    /// Gets a URL: the whole body, or word that it has not changed.
    ///
    /// - Parameters:
    ///   - request: What to get.
    ///   - onAttempt: Called after each attempt, before any wait; not called for a request refused as invalid.
    /// - Returns: The body, complete, or that the copy which the validators name is current.
    /// - Throws: The last attempt's failure; `.cancelled` within about 50 ms of the task's cancellation.
    public func fetch(
        _ request: FetchRequest,
        onAttempt: @Sendable (FetchAttempt) -> Void = { _ in }
    ) async throws(FetchError) -> FetchResult {
        let head = try RequestHead(request, userAgent: userAgent)
        let address = try WebAddress(request.url)
        guard let gates else { return try await attempts(request, head, address, onAttempt).outcome.get() }
        try await gates.enter(address, politeness)
        let (outcome, retryAfter) = await attempts(request, head, address, onAttempt)
        await gates.leave(address, politeness, outcome.map { _ in }, retryAfter: retryAfter)
        return try outcome.get()
    }

    /// Makes attempts until one succeeds or no other may help.
    private func attempts(
        _ request: FetchRequest, _ head: RequestHead, _ address: WebAddress,
        _ onAttempt: @Sendable (FetchAttempt) -> Void
    ) async -> (outcome: Result<FetchResult, FetchError>, retryAfter: Duration?) {
        let conditional = request.validators.map { !$0.isEmpty } ?? false
        let started = fetches.wrappingAdd(1, ordering: .relaxed).oldValue
        var jitter = SplitMix64(seed: seed &+ started &* 0xd134_2543_de82_ef95)
        var number = 1
        while true {
            let exchange = await transfers.exchange(with: address, head: head, limits: limits)
            let outcome = exchange.outcome(conditional: conditional)
            onAttempt(
                FetchAttempt(
                    number: number, outcome: outcome, timings: exchange.timings, receivedBytes: exchange.receivedBytes)
            )
            switch outcome {
            case .success(304):
                return (.success(.notModified(timings: exchange.timings, attempts: number)), nil)
            case .success(let status):
                return (.success(.modified(exchange.body(status: status, attempts: number))), nil)
            case .failure(let failure):
                let wait = retry.delay(
                    afterAttempt: number, failure: failure, retryAfter: exchange.reply.retryAfter, jitter: &jitter)
                guard let wait else { return (.failure(failure), exchange.reply.retryAfter) }
                do { try await sleep(wait) } catch { return (.failure(.cancelled(url: address.shown)), nil) }
                number += 1
            }
        }
    }
}
