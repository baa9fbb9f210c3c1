/// What a fetch ended with.
public enum FetchResult: Sendable {
    /// The server sent a body.
    case modified(FetchedBody)
    /// The copy that the request's validators name is still current (304).
    case notModified(timings: FetchTimings, attempts: Int)
}

/// A complete body and where it came from.
public struct FetchedBody: Sendable {
    /// The status, 200 to 299 but never 206.
    public let status: Int
    /// The body after decompression.
    public let bytes: [UInt8]
    /// What to ask with next time.
    public let validators: Validators
    /// The `Content-Type` as sent.
    public let contentType: String?
    /// Where the time of the last attempt went.
    public let timings: FetchTimings
    /// Bytes of the body as transferred, before decompression.
    public let receivedBytes: Int
    /// How many attempts it took, at least 1.
    public let attempts: Int
    /// The URL after redirects, without credentials, query and fragment.
    public let effectiveURL: String
}

/// Where the time of one attempt went: phases as durations of their own, summed over redirects.
public struct FetchTimings: Sendable, Hashable {
    /// Name resolution; about zero on a reused connection.
    public var dns: Duration
    /// TCP connection; zero on a reused connection.
    public var connect: Duration
    /// TLS handshake; zero without TLS or on a reused connection.
    public var tls: Duration
    /// From the request sent to the first byte of the answer.
    public var firstByte: Duration
    /// The whole attempt.
    public var total: Duration

    /// Makes timings; without arguments, those of an attempt that took no time.
    public init(
        dns: Duration = .zero,
        connect: Duration = .zero,
        tls: Duration = .zero,
        firstByte: Duration = .zero,
        total: Duration = .zero
    ) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }

    /// What is left of ``total`` when the other phases are taken off: the transfer of the body; never negative.
    public var transfer: Duration { max(.zero, total - dns - connect - tls - firstByte) }

    /// Adds another exchange's phases.
    static func += (sum: inout FetchTimings, other: FetchTimings) {
        sum.dns += other.dns
        sum.connect += other.connect
        sum.tls += other.tls
        sum.firstByte += other.firstByte
        sum.total += other.total
    }
}

/// One attempt of a fetch, for metrics.
public struct FetchAttempt: Sendable {
    /// Counts from 1.
    public let number: Int
    /// The status of a usable answer (2xx, 304), or why there is none.
    public let outcome: Result<Int, FetchError>
    /// Where its time went.
    public let timings: FetchTimings
    /// Bytes of bodies as transferred, before decompression, also of answers that were refused.
    public let receivedBytes: Int
}
