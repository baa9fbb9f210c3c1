public import Football
public import FoundationEssentials

/// How much the history holds.
public struct HistoryCounts: Sendable, Hashable {
    /// Finished matches.
    public var matches: Int
    /// Announced matches without a result that have yet to kick off.
    public var fixtures: Int
    /// The next kick-off, or the start of the match's day where no time is known; nil if none is announced.
    public var nextKickOff: Date?
    /// Refused rows.
    public var quarantined: Int
    /// Models, archived ones included.
    public var models: Int
    /// Forecasts, superseded ones included.
    public var predictions: Int
    /// Scored forecasts.
    public var evaluations: Int
    /// The day of the newest finished match.
    public var newestMatch: Day?
    /// The kick-off of the newest finished match, or the start of its day where no time is known.
    public var newestKickOff: Date?
    /// Whether the rows are simulated; nil while there are none.
    public var synthetic: Bool?
}

/// The migrations that a database has and those that this program knows.
public struct SchemaVersion: Sendable, Hashable {
    /// Names of the applied migrations, oldest first.
    public var applied: [String]
    /// Names of the migrations that this program needs, oldest first.
    public var expected: [String]

    /// Whether nothing is missing and nothing is unknown.
    public var isCurrent: Bool { applied == expected }
}
