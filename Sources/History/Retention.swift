public import FoundationEssentials

extension History {
    /// Removes rows that are older than they are kept, a few thousand at a time, and returns how many that were.
    ///
    /// What a forecast, a score or a model rests on is kept for ever; so is each job's last success.
    ///
    /// - Parameters:
    ///   - fetches: Attempts to get a feed from before this instant go.
    ///   - jobRuns: Runs of jobs from before this instant go.
    ///   - quarantinedRows: Refused rows from before this instant go.
    ///   - keptFacts: Keys of facts that were written before this instant go: no spool is that old.
    ///   - batch: How many rows one statement removes.
    /// - Returns: The rows that are gone.
    /// - Throws: `HistoryError`; what was removed before stays so.
    public func remove(
        fetches: Date, jobRuns: Date, quarantinedRows: Date, keptFacts: Date, batch: Int = 5_000
    ) async throws(HistoryError) -> Int {
        let rules: [(String, Date)] = [
            ("delete from fetches where id in (select id from fetches where at < $1 order by at limit $2)", fetches),
            (
                """
                delete from job_runs where id in (
                    select id from job_runs r where finished_at < $1 and id <> coalesce((
                        select id from job_runs s where s.job = r.job and s.outcome = 'succeeded'
                        order by finished_at desc, id desc limit 1
                    ), 0) order by finished_at limit $2
                )
                """, jobRuns
            ),
            (
                """
                delete from quarantined_rows
                where id in (select id from quarantined_rows where seen_at < $1 order by seen_at limit $2)
                """, quarantinedRows
            ),
            (
                """
                delete from kept_facts
                where key in (select key from kept_facts where kept_at < $1 order by kept_at limit $2)
                """, keptFacts
            ),
        ]
        var removed = 0
        for (rule, instant) in rules {
            var last = batch
            while last == batch {
                last = try await write(.upkeep) { session throws(HistoryError) in
                    try session.execute(rule, [instant, batch]).changed
                }
                removed += last
            }
        }
        return removed
    }
}
