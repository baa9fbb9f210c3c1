public import FoundationEssentials

/// One attempt to get a feed, as kept for the operator.
public struct FetchRecord: Sendable, Hashable, Codable {
    /// The configured name of the source.
    public var source: String
    /// What was asked for.
    public var url: String
    /// When it was asked for.
    public var at: Date
    /// `modified`, `not_modified`, or the reason of the failure.
    public var outcome: String
    /// The HTTP status, where there was an answer.
    public var status: Int?
    /// Bytes received.
    public var bytes: Int
    /// How long it took in seconds, all attempts together.
    public var seconds: Double
    /// How many attempts it took, at least 1.
    public var attempts: Int

    /// Makes a record.
    public init(
        source: String,
        url: String,
        at: Date,
        outcome: String,
        status: Int? = nil,
        bytes: Int = 0,
        seconds: Double = 0,
        attempts: Int = 1
    ) {
        self.source = source
        self.url = url
        self.at = at
        self.outcome = outcome
        self.status = status
        self.bytes = bytes
        self.seconds = seconds
        self.attempts = attempts
    }
}
