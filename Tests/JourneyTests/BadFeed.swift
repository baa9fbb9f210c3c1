import TestSupport
import Testing

/// A way in which a feed goes wrong.
enum BadFeed: String, CaseIterable, CustomTestStringConvertible {
    case missing, failing, page, truncated, enormous, endless, redirecting, dripping, cutAtItsSource

    var testDescription: String {
        switch self {
        case .missing: "404 instead of a file"
        case .failing: "500 instead of a file"
        case .page: "an HTML page instead of a file"
        case .truncated: "a transfer that ends in the middle"
        case .enormous: "a file of 1 GB"
        case .endless: "a body without an end"
        case .redirecting: "redirects in a circle"
        case .dripping: "a byte every tenth of a second"
        case .cutAtItsSource: "a file that was cut before it was served"
        }
    }

    /// The answer to a request for the file.
    func answer(_ file: [UInt8]) -> LeagueFeed.Answer {
        let mebibyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        switch self {
        case .missing: return { _ in .status(404) }
        case .failing: return { _ in .status(500) }
        case .page:
            let page =
                "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon, sorry</body></html>"
            return { _ in .text(page, headers: ["Content-Type": "text/html"]) }
        case .truncated:
            return { _ in LoopbackResponse(body: .cut(Array(file.prefix(file.count / 2)), declared: file.count)) }
        case .enormous: return { _ in LoopbackResponse(body: .repeated(mebibyte, count: 1024)) }
        case .endless: return { _ in LoopbackResponse(body: .endless(mebibyte)) }
        case .redirecting: return { request in .redirect(to: request.path) }
        case .dripping: return { _ in LoopbackResponse(body: .drip(file, pieceSize: 1, every: .milliseconds(100))) }
        case .cutAtItsSource: return { _ in LoopbackResponse(body: .bytes(Array(file.prefix(file.count / 2)))) }
        }
    }

    /// The counter that must count it.
    var counter: String {
        switch self {
        case .missing, .failing: #"touchline_fetch_failures_total{source="results",reason="status"}"#
        case .page: #"touchline_feed_failures_total{source="results",reason="not_csv"}"#
        case .truncated: #"touchline_fetch_failures_total{source="results",reason="truncated"}"#
        case .enormous, .endless: #"touchline_fetch_failures_total{source="results",reason="too_large"}"#
        case .redirecting: #"touchline_fetch_failures_total{source="results",reason="redirect"}"#
        case .dripping: #"touchline_fetch_failures_total{source="results",reason="timeout"}"#
        case .cutAtItsSource: #"touchline_rows_quarantined_total{source="results",rule="field_count"}"#
        }
    }

    /// The constant words of the log line that must say it.
    var logged: String { self == .cutAtItsSource ? "row quarantined" : "feed file failed" }

    /// Whether the job fails: one broken row is no reason to.
    var failsTheJob: Bool { self != .cutAtItsSource }
}
