public import FoundationEssentials

/// Something that was found changed, from when until when.
public struct DriftFinding: Sendable, Hashable {
    /// What changed: a feature, the odds' margin or a detector of the stream of scores.
    public var subject: String
    /// When it was found.
    public var foundAt: Date
    /// The statistic that showed it, in its own unit.
    public var statistic: Double?
    /// The p-value behind it, where there is one.
    public var pValue: Double?
    /// How many matches it rests on.
    public var matches: Int
    /// When it was over; nil while it is not.
    public var clearedAt: Date?

    /// Makes a finding.
    public init(
        subject: String, foundAt: Date, statistic: Double?, pValue: Double?, matches: Int, clearedAt: Date? = nil
    ) {
        self.subject = subject
        self.foundAt = foundAt
        self.statistic = statistic
        self.pValue = pValue
        self.matches = matches
        self.clearedAt = clearedAt
    }
}

extension History {
    /// What was found, newest first: all that is not over, and at most `limit` in all.
    public func driftFindings(limit: Int = 1_000) async throws(HistoryError) -> [DriftFinding] {
        try await run(.evaluations) { session throws(HistoryError) in
            try session.execute(
                """
                select subject, found_at, statistic, p_value, matches, cleared_at from drift_findings
                order by cleared_at is null desc, found_at desc, id desc limit $1
                """, [max(0, limit)]
            ).map { row throws(HistoryError) in
                DriftFinding(
                    subject: try row.next(), foundAt: try row.next(), statistic: try row.optional(),
                    pValue: try row.optional(), matches: try row.next(), clearedAt: try row.optional())
            }
        }
    }

    /// Ends some findings and keeps new ones, all or none; a subject that is found already stays as it was found.
    ///
    /// - Parameters:
    ///   - findings: What was found.
    ///   - cleared: When each subject's open finding was over.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func keep(_ findings: [DriftFinding], clearing cleared: [String: Date]) async throws(HistoryError) {
        try await run(.evaluations, isWrite: true) { session throws(HistoryError) in
            try session.transaction { () throws(HistoryError) in
                for (subject, instant) in cleared.sorted(by: { $0.key < $1.key }) {
                    try session.execute(
                        """
                        update drift_findings set cleared_at = greatest($2, found_at)
                        where subject = $1 and cleared_at is null
                        """, [subject, instant])
                }
                for finding in findings {
                    try session.execute(
                        """
                        insert into drift_findings (subject, found_at, statistic, p_value, matches)
                        values ($1, $2, $3, $4, $5) on conflict (subject) where cleared_at is null do nothing
                        """, [finding.subject, finding.foundAt, finding.statistic, finding.pValue, finding.matches])
                }
            }
        }
    }
}
