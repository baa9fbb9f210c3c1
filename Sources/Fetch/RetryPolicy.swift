/// When a failed attempt is made again: exponential backoff with full jitter, and what the server asked for.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
public struct RetryPolicy: Sendable, Hashable {
    /// Which statuses are worth another attempt.
    public enum Statuses: Sendable, Hashable {
        /// What may pass: 408, 429 and the server's errors but 501.
        case passing
        /// 429 and every 5xx, and none other, as Prometheus' remote-write specification asks of a sender.
        case remoteWrite

        func contains(_ status: Int) -> Bool {
            switch self {
            case .passing: [408, 429].contains(status) || (status >= 500 && status != 501)
            case .remoteWrite: status == 429 || status >= 500
            }
        }
    }

    /// Attempts in all, at least 1.
    public var maximumAttempts: Int
    /// The upper bound of the wait after the first attempt; it doubles with every further one.
    public var baseDelay: Duration
    /// Where the doubling ends.
    public var maximumDelay: Duration
    /// The longest `Retry-After` that is waited out; a server that asks for more is not asked again in this fetch.
    public var maximumRetryAfter: Duration
    /// Which statuses are worth another attempt.
    public var statuses: Statuses

    /// Makes a policy.
    public init(
        maximumAttempts: Int = 3,
        baseDelay: Duration = .milliseconds(500),
        maximumDelay: Duration = .seconds(30),
        maximumRetryAfter: Duration = .seconds(60),
        statuses: Statuses = .passing
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.maximumRetryAfter = maximumRetryAfter
        self.statuses = statuses
    }

    /// Returns how long to wait before the next attempt, nil if there is to be none.
    func delay(
        afterAttempt number: Int,
        failure: FetchError,
        retryAfter: Duration?,
        jitter: inout SplitMix64
    ) -> Duration? {
        guard number < maximumAttempts, isTransient(failure) else { return nil }
        if let retryAfter { return retryAfter <= maximumRetryAfter ? retryAfter : nil }
        var bound = baseDelay
        for _ in 1..<max(number, 1) where bound < maximumDelay { bound *= 2 }
        return min(bound, maximumDelay) * jitter.nextUnit()
    }

    /// Whether the same request may well succeed a little later.
    func isTransient(_ failure: FetchError) -> Bool {
        switch failure {
        case .resolve, .connect, .timeout, .tooSlow, .truncated: true
        case .status(let status, _): statuses.contains(status)
        case .rateLimited, .circuitOpen, .tls, .tooLarge, .tooManyRedirects, .forbiddenProtocol, .cancelled,
            .invalidURL, .invalidHeader,
            .undecodable, .other:
            false
        }
    }
}

/// A small random number generator for jitter.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The next number, uniform in 0 ..< 1.
    mutating func nextUnit() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return Double(mixed >> 11) / Double(1 << 53)
    }
}
