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
        var limits = RetentionLimits(
            all: Date().addingTimeInterval(-RetainJob.keysAreKept), archivedModels: retention.archivedModels)
        limits.fetches = now.addingTimeInterval(-retention.fetches.seconds)
        limits.jobRuns = now.addingTimeInterval(-retention.jobRuns.seconds)
        limits.quarantinedRows = now.addingTimeInterval(-retention.quarantinedRows.seconds)
        limits.alertNotifications = now.addingTimeInterval(-retention.alertNotifications.seconds)
        limits.feedDisagreements = now.addingTimeInterval(-retention.feedDisagreements.seconds)
        limits.supersededEvaluations = now.addingTimeInterval(-retention.supersededEvaluations.seconds)
        limits.fallbackPredictions = now.addingTimeInterval(-retention.fallbackPredictions.seconds)
        let due = limits
        let removed = try await withHistory { () throws(HistoryError) in try await history.remove(due) }
        return JobResult(itemsIn: removed, itemsOut: removed, snapshot: context.snapshot)
    }
}
