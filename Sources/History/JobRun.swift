public import FoundationEssentials

/// One run of a job.
public struct JobRun: Sendable, Hashable, Codable {
    /// The outcome of a run that did what it should.
    public static let succeeded = "succeeded"

    /// The job's name.
    public var job: String
    /// When it started.
    public var startedAt: Date
    /// When it ended.
    public var finishedAt: Date
    /// ``succeeded``, or the reason of the failure.
    public var outcome: String
    /// How many items it was given.
    public var itemsIn: Int
    /// How many items it produced.
    public var itemsOut: Int
    /// The term of leadership in which it ran; nil outside of one.
    public var term: Int64?

    /// Makes a run.
    public init(
        job: String,
        startedAt: Date,
        finishedAt: Date,
        outcome: String = JobRun.succeeded,
        itemsIn: Int = 0,
        itemsOut: Int = 0,
        term: Int64? = Term.current
    ) {
        self.job = job
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.itemsIn = itemsIn
        self.itemsOut = itemsOut
        self.term = term
    }
}

/// What is known of a job's runs.
public struct JobRecord: Sendable, Hashable {
    /// When the last run that succeeded was started; nil if none ever did.
    public var lastSuccess: Date?
    /// When the last run ended, whatever its outcome.
    public var lastEnd: Date
    /// Runs that failed since the last success.
    public var failuresSinceSuccess: Int
}
