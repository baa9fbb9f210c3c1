public import FoundationEssentials

/// Up to when rows are kept that nothing is computed from.
public struct RetentionLimits: Sendable, Hashable {
    /// Attempts to get a feed from before this instant go.
    public var fetches: Date
    /// Runs of jobs from before this instant go, but not a job's last success.
    public var jobRuns: Date
    /// Refused rows from before this instant go.
    public var quarantinedRows: Date
    /// Keys of facts that were written before this instant go: no spool is that old.
    public var keptFacts: Date
    /// What Alertmanager told of before this instant goes.
    public var alertNotifications: Date
    /// Scores that feeds gave differently and that were seen before this instant go.
    public var feedDisagreements: Date
    /// Scores of forecasts that were replaced before this instant go.
    public var supersededEvaluations: Date
    /// Forecasts of invented fixtures from before this instant go.
    public var fallbackPredictions: Date
    /// How many archived models keep their bytes, of those that served and of those that never did.
    public var archivedModels: Int

    /// Makes limits of which every instant is the same.
    public init(all instant: Date, archivedModels: Int) {
        fetches = instant
        jobRuns = instant
        quarantinedRows = instant
        keptFacts = instant
        alertNotifications = instant
        feedDisagreements = instant
        supersededEvaluations = instant
        fallbackPredictions = instant
        self.archivedModels = archivedModels
    }
}

extension History {
    /// Removes rows that are older than they are kept, a few thousand at a time, and returns how many that were.
    ///
    /// What a forecast, a score or a model rests on is kept for ever; so is each job's last success, and all that is
    /// known of a model but its bytes.
    ///
    /// - Parameters:
    ///   - limits: What is old.
    ///   - batch: How many rows one statement removes.
    /// - Returns: The rows that are gone, and the models whose bytes are.
    /// - Throws: `HistoryError`; what was removed before stays so.
    public func remove(_ limits: RetentionLimits, batch: Int = 5_000) async throws(HistoryError) -> Int {
        var removed = 0
        for rule in Rule.all(limits) {
            let most = min(batch, rule.most)
            var last = most
            while last == most {
                last = try await write(.upkeep) { session throws(HistoryError) in
                    try session.execute(rule.statement, [rule.limit, most]).changed
                }
                removed += last
            }
        }
        return removed
    }
}

/// A statement that removes what is beyond a limit, its first parameter, and so many rows at most, its second.
private struct Rule {
    let statement: String
    let limit: any WireValue
    var most = Int.max

    static func all(_ limits: RetentionLimits) -> [Rule] {
        [
            aged("fetches", "at", limits.fetches),
            Rule(
                statement: """
                    delete from job_runs where id in (
                        select id from job_runs r where finished_at < $1 and id <> coalesce((
                            select id from job_runs s where s.job = r.job and s.outcome = 'succeeded'
                            order by finished_at desc, id desc limit 1
                        ), 0) order by finished_at limit $2
                    )
                    """, limit: limits.jobRuns),
            aged("quarantined_rows", "seen_at", limits.quarantinedRows),
            aged("kept_facts", "kept_at", limits.keptFacts),
            aged("alert_notifications", "received_at", limits.alertNotifications),
            aged("feed_disagreements", "seen_at", limits.feedDisagreements),
            aged("superseded_evaluations", "superseded_at", limits.supersededEvaluations),
            aged("fallback_predictions", "made_at", limits.fallbackPredictions),
            // A rejected candidate a day must not cost the champions before the present one their bytes.
            Rule(
                statement: """
                    update models set bytes = null where id in (
                        select id from (
                            select m.id, row_number() over (partition by e.served order by e.last desc) as place
                            from models m cross join lateral (
                                select bool_or(event in ('promoted', 'restored')) as served, max(id) as last
                                from model_events where model_id = m.id
                            ) e where m.state = 'archived'
                        ) ranked join models using (id) where place > $1 and bytes is not null order by id limit $2
                    )
                    """, limit: limits.archivedModels, most: 20),
        ]
    }

    /// The oldest rows of a table, by a column that has an index.
    private static func aged(_ table: String, _ column: String, _ instant: Date) -> Rule {
        Rule(
            statement: """
                delete from \(table) where ctid = any(array(
                    select ctid from \(table) where \(column) < $1 order by \(column) limit $2
                ))
                """, limit: instant)
    }
}
