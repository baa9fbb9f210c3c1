/// What the loopback server answers, including the ways in which real servers misbehave.
public struct LoopbackResponse: Sendable {
    /// How the body is sent.
    public enum Body: Sendable {
        /// All of it, with its `Content-Length`.
        case bytes([UInt8])
        /// All of it as one chunk, so without a `Content-Length`.
        case chunked([UInt8])
        /// A `Content-Length` of `declared`, then these bytes, then the end of the connection.
        case cut([UInt8], declared: Int)
        /// These bytes as one chunk of a chunked body whose last chunk never comes, then the end of the connection.
        case cutChunked([UInt8])
        /// These bytes with their `Content-Length`, `pieceSize` at a time with a pause after each.
        case drip([UInt8], pieceSize: Int, every: Duration)
        /// One piece over and over, with the `Content-Length` of all.
        case repeated([UInt8], count: Int)
        /// One piece over and over as chunks, until the client goes away.
        case endless([UInt8])
        /// Nothing, not even a status line: the connection just ends.
        case hangUp
    }

    /// The status.
    public var status: Int
    /// Headers by name; `Content-Length` is added.
    public var headers: [String: String]
    /// The body.
    public var body: Body
    /// How long the server waits before it answers.
    public var delay: Duration

    /// Makes a response.
    public init(
        status: Int = 200,
        headers: [String: String] = [:],
        body: Body = .bytes([]),
        delay: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
    }

    /// Status 200 with a text.
    public static func text(_ text: String, headers: [String: String] = [:]) -> LoopbackResponse {
        let type = ["Content-Type": "text/plain; charset=utf-8"]
        return LoopbackResponse(headers: type.merging(headers) { $1 }, body: .bytes(Array(text.utf8)))
    }

    /// A status with a short body that says it.
    public static func status(_ status: Int, headers: [String: String] = [:]) -> LoopbackResponse {
        LoopbackResponse(status: status, headers: headers, body: .bytes(Array("status \(status)\n".utf8)))
    }

    /// A redirect to an absolute or relative location.
    public static func redirect(to location: String, status: Int = 302) -> LoopbackResponse {
        .status(status, headers: ["Location": location])
    }

    /// Status 200 with bytes that are a gzip stream already.
    public static func gzip(_ stream: [UInt8], headers: [String: String] = [:]) -> LoopbackResponse {
        LoopbackResponse(headers: ["Content-Encoding": "gzip"].merging(headers) { $1 }, body: .bytes(stream))
    }

    /// Whether the status allows a body at all (RFC 9110, section 6.4.1).
    var allowsBody: Bool { status >= 200 && status != 204 && status != 304 }
}
