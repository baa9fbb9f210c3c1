/// Why a fetch failed; URLs in it are without credentials, query and fragment.
public enum FetchError: Error, Sendable, Hashable {
    /// The host's name could not be resolved.
    case resolve(url: String)
    /// No connection to the host could be made, or it broke before the answer began.
    case connect(url: String, message: String)
    /// The TLS handshake failed or the certificate is not trusted.
    case tls(url: String, message: String)
    /// The connect timeout or the total timeout passed.
    case timeout(url: String)
    /// The transfer stayed below the low-speed limit.
    case tooSlow(url: String)
    /// The body is larger than the limit, in bytes.
    case tooLarge(url: String, limit: Int)
    /// More redirects than the limit.
    case tooManyRedirects(url: String, limit: Int)
    /// The URL, or the one redirected to, has a scheme that is not allowed.
    case forbiddenProtocol(url: String)
    /// The server answered with a status that carries no complete body: neither 2xx nor an expected 304.
    case status(Int, url: String)
    /// The connection ended before the body was complete.
    case truncated(url: String)
    /// The host asked to be left alone for that many seconds more; it was not asked.
    case rateLimited(url: String, seconds: Int)
    /// The host failed too often in a row and is left alone for that many seconds more; it was not asked.
    case circuitOpen(url: String, seconds: Int)
    /// The task was cancelled.
    case cancelled(url: String)
    /// The URL cannot be used; the text of a broken URL is left out, since it may hold a secret anywhere.
    case invalidURL(problem: String)
    /// A request header's name or value cannot be sent as one header line.
    case invalidHeader(name: String)
    /// The body's content encoding is unknown or its compressed data is broken.
    case undecodable(url: String)
    /// Anything else, with libcurl's code and its words for it.
    case other(url: String, code: Int, message: String)

    /// Every value of ``reason``, in a stable order.
    public static let reasons = [
        "cancelled", "circuit_open", "connect", "invalid", "other", "rate_limited", "redirect", "resolve", "status",
        "timeout", "tls", "too_large", "too_slow", "truncated",
    ]

    /// The metric label for the failure, one of ``reasons``.
    public var reason: String {
        switch self {
        case .resolve: "resolve"
        case .connect: "connect"
        case .tls: "tls"
        case .timeout: "timeout"
        case .tooSlow: "too_slow"
        case .tooLarge: "too_large"
        case .tooManyRedirects, .forbiddenProtocol: "redirect"
        case .status: "status"
        case .truncated: "truncated"
        case .rateLimited: "rate_limited"
        case .circuitOpen: "circuit_open"
        case .cancelled: "cancelled"
        case .invalidURL, .invalidHeader: "invalid"
        case .undecodable, .other: "other"
        }
    }
}

extension FetchError: CustomStringConvertible {
    /// One line for an operator.
    public var description: String {
        switch self {
        case .resolve(let url): "cannot resolve the host of \(url)"
        case .connect(let url, let message): "cannot connect for \(url): \(message)"
        case .tls(let url, let message): "TLS failed for \(url): \(message)"
        case .timeout(let url): "timed out: \(url)"
        case .tooSlow(let url): "too slow: \(url)"
        case .tooLarge(let url, let limit): "larger than \(limit) bytes: \(url)"
        case .tooManyRedirects(let url, let limit): "more than \(limit) redirects from \(url)"
        case .forbiddenProtocol(let url): "protocol not allowed: \(url)"
        case .status(let status, let url): "status \(status) from \(url)"
        case .truncated(let url): "the body ended early: \(url)"
        case .rateLimited(let url, let seconds): "the host asked to be left alone for \(seconds) s more: \(url)"
        case .circuitOpen(let url, let seconds): "the host keeps failing and is left alone for \(seconds) s: \(url)"
        case .cancelled(let url): "cancelled: \(url)"
        case .invalidURL(let problem): "invalid URL: \(problem)"
        case .invalidHeader(let name): "invalid request header \(name)"
        case .undecodable(let url): "the body's content encoding cannot be decoded: \(url)"
        case .other(let url, let code, let message): "libcurl error \(code) (\(message)): \(url)"
        }
    }
}
