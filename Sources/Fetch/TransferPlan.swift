/// One request over one connection, without redirects and retries.
struct TransferPlan: Sendable {
    let address: WebAddress
    /// Header lines as libcurl takes them.
    let headers: [String]
    /// What is sent; nil gets.
    let body: [UInt8]?
    /// How it is sent.
    let sending: FetchRequest.Sending
    let userAgent: String
    let limits: FetchLimits
    /// What is left of the total timeout.
    let timeout: Duration
}

/// What became of a ``TransferPlan``.
struct TransferReply: Sendable {
    /// The status, whatever it is, or why there is no complete answer.
    var ending: Result<Int, FetchError>
    /// The body after decompression; empty unless the status is 2xx.
    var body: [UInt8] = []
    var validators = Validators()
    var contentType: String?
    var timings = FetchTimings()
    var receivedBytes = 0
    /// How long the server asks to be left alone; nil if it does not.
    var retryAfter: Duration?
    /// Where a redirect points, as an absolute URL; nil if the answer is none.
    var redirectURL: String?
}
