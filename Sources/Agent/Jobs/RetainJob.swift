internal import FoundationEssentials
internal import History

/// Removes rows that are older than they are kept.
struct RetainJob: Job {
    let history: History

    /// Longer than a spool can wait: its facts are checked against these keys.
    private static let keysAreKept: TimeInterval = 90 * 86_400

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let retention = context.settings.retention
        let now = context.now
        let removed = try await withHistory { () throws(HistoryError) in
            try await history.remove(
                fetches: now.addingTimeInterval(-retention.fetches.seconds),
                jobRuns: now.addingTimeInterval(-retention.jobRuns.seconds),
                quarantinedRows: now.addingTimeInterval(-retention.quarantinedRows.seconds),
                keptFacts: Date().addingTimeInterval(-RetainJob.keysAreKept))
        }
        return JobResult(itemsIn: removed, itemsOut: removed, snapshot: context.snapshot)
    }
}
