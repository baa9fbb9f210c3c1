internal import Drift
internal import Football
internal import Forest
internal import FoundationEssentials
internal import History

/// Looks for drift: the newest matches against those before, the odds' margin, and the stream of scored forecasts.
struct DriftJob: Job {
    /// The most scored forecasts that are read: ten seasons.
    static let streamLimit = 3_800

    let history: History
    let executor: TrainingExecutor

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let (report, findings, looked) = try await look(context)
        let (new, cleared) = findings.changes(to: report, now: context.now)
        if !new.isEmpty || !cleared.isEmpty {
            try await withHistory { () throws(HistoryError) in try await history.keep(new, clearing: cleared) }
        }
        var snapshot = context.snapshot
        snapshot.drift = report
        return JobResult(itemsIn: looked, itemsOut: report.columns.count, snapshot: snapshot)
    }

    /// Looks for drift, and writes nothing.
    ///
    /// - Parameter context: The instant, the settings and what was known before.
    /// - Returns: The report, what was found before it, and how many matches and scored forecasts were looked at.
    /// - Throws: ``JobError``.
    func look(
        _ context: JobContext
    ) async throws(JobError) -> (report: Snapshot.DriftReport, findings: FindingLedger, looked: Int) {
        let settings = context.settings.drift
        let matches = try await withHistory { () throws(HistoryError) in try await history.matches() }
        let evaluations = try await withHistory { () throws(HistoryError) in
            try await history.recentEvaluations(limit: DriftJob.streamLimit)
        }
        let findings = FindingLedger(
            try await withHistory { () throws(HistoryError) in try await history.driftFindings() })
        let champion = context.snapshot.champion
        let watch = DriftWatch(settings, trainedAt: champion?.trainedAt, champion: champion?.model)
        let before = context.snapshot.drift
        let replay = before?.settings == settings ? before?.replay ?? DriftReplay() : DriftReplay()
        do {
            var report = try await withTaskExecutorPreference(executor) {
                try await watch.report(
                    matches, evaluations.reversed(), findings, replay: replay, now: context.now)
            }
            report.settings = settings
            return (report, findings, matches.count + evaluations.count)
        } catch let error as ForestError {
            throw if case .cancelled = error { .cancelled } else { .forest(error) }
        } catch {
            throw .cancelled
        }
    }
}
