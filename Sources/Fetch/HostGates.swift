/// Keeps requests to every host polite: one at a time, with a pause between, and none while the host is in trouble.
///
/// It outlives the fetchers that share it, so that what a host asked for holds until it is over.
public actor HostGates {
    /// How hosts are treated.
    public struct Policy: Sendable, Hashable {
        /// How long a host is left alone after a request; up to a tenth more at random.
        public var pause: Duration
        /// Fetches in a row that fail before the host is left alone for ``breakerPause``.
        public var breakerFailures: Int
        /// How long it is then left alone before one probe; it doubles, up to eightfold, with every probe that fails.
        public var breakerPause: Duration

        /// Makes a policy.
        public init(
            pause: Duration = .milliseconds(250), breakerFailures: Int = 5, breakerPause: Duration = .seconds(900)
        ) {
            self.pause = pause
            self.breakerFailures = breakerFailures
            self.breakerPause = breakerPause
        }
    }

    private struct Host {
        var isBusy = false
        var notBefore = Duration.zero
        /// Until when the host asked to be left alone.
        var limitedUntil = Duration.zero
        var breaker: CircuitBreaker
    }

    private var hosts: [String: Host] = [:]
    private let now: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void
    private var jitter: SplitMix64

    /// Makes gates that are all open.
    ///
    /// - Parameters:
    ///   - seed: Where the jitter of the pauses starts.
    ///   - now: Time since any fixed instant, never going back; nil for the machine's own.
    ///   - sleep: Waits; whatever it throws ends the fetch as cancelled.
    public init(
        seed: UInt64,
        now: (@Sendable () -> Duration)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        let start = ContinuousClock.now
        self.now = now ?? { ContinuousClock.now - start }
        self.sleep = sleep
        jitter = SplitMix64(seed: seed)
    }

    /// Waits until a request to a host may be made.
    func enter(_ address: WebAddress, _ policy: Policy) async throws(FetchError) {
        let name = address.origin
        var host =
            hosts[name]
            ?? Host(
                breaker: CircuitBreaker(threshold: policy.breakerFailures, pause: policy.breakerPause))
        do {
            while host.isBusy {
                try await sleep(.milliseconds(5))
                host = hosts[name] ?? host
            }
        } catch {
            throw .cancelled(url: address.shown)
        }
        let instant = now()
        if host.limitedUntil > instant {
            throw .rateLimited(url: address.shown, seconds: (host.limitedUntil - instant).wholeSeconds)
        }
        if let wait = host.breaker.refusal(at: instant) {
            throw .circuitOpen(url: address.shown, seconds: wait.wholeSeconds)
        }
        host.isBusy = true
        hosts[name] = host
        guard host.notBefore > instant else { return }
        do { try await sleep(host.notBefore - instant) } catch {
            leave(address, policy, .failure(.cancelled(url: address.shown)), retryAfter: nil)
            throw .cancelled(url: address.shown)
        }
    }

    /// Says what became of the request.
    func leave(
        _ address: WebAddress, _ policy: Policy, _ outcome: Result<Void, FetchError>, retryAfter: Duration?
    ) {
        guard var host = hosts[address.origin] else { return }
        let instant = now()
        host.isBusy = false
        host.notBefore = instant + policy.pause * (1 + 0.1 * jitter.nextUnit())
        switch outcome {
        case .success: host.breaker.succeeded()
        case .failure(.cancelled): host.breaker.abandoned(at: instant)
        case .failure(let failure):
            // A file that is not there, or too large, says nothing against the host.
            if RetryPolicy().isTransient(failure) { host.breaker.failed(at: instant) } else { host.breaker.succeeded() }
            if let retryAfter { host.limitedUntil = instant + retryAfter }
        }
        hosts[address.origin] = host
    }
}
