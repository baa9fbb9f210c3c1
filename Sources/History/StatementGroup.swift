/// What a statement is about: the label under which its durations are counted.
public enum StatementGroup: String, CaseIterable, Sendable {
    /// Feed files with their facts and refused rows.
    case ingests
    /// Attempts to get a feed.
    case fetches
    /// Matches and fixtures, read.
    case facts
    /// Models.
    case models
    /// Forecasts.
    case predictions
    /// Scores.
    case evaluations
    /// Simulated bets.
    case bets
    /// What Alertmanager told of.
    case alerts
    /// Runs of jobs.
    case jobRuns = "job_runs"
    /// Counts of everything.
    case counts
    /// Migrations.
    case schema
    /// Facts that waited in the spool.
    case replay
    /// What the server says of itself, and retention.
    case upkeep
    /// Everything else.
    case other
}

/// How an operation on the history went.
public struct OperationReport: Sendable {
    /// What it was about.
    public var group: StatementGroup
    /// Whether it was to write.
    public var isWrite: Bool
    /// How long it waited for a connection.
    public var waited: Duration
    /// How long it took, the wait included.
    public var duration: Duration
    /// Why it failed; nil if it did not.
    public var error: HistoryError?
}
