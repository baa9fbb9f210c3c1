internal import Drift
internal import Football
internal import History

/// Compares what was measured of the newest matches with the matches before them, column by column.
///
/// It looks at each match's own columns, not at rolling features: those share most of their matches with their
/// neighbours, which a two-sample test would take for evidence.
struct DriftJob: Job {
    let history: History

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let settings = context.settings.drift
        let matches = try await withHistory { () throws(HistoryError) in try await history.matches() }
        let current = matches.suffix(settings.windowMatches)
        let reference = matches.dropLast(current.count).suffix(settings.referenceMatches)
        let columns = compareFeatures(
            names: MatchColumns.names, reference: DriftJob.columns(of: reference),
            current: DriftJob.columns(of: current),
            rule: ComparisonRule(
                significance: settings.significanceLevel, minimumSample: settings.minimumMatches,
                deciding: [.kolmogorovSmirnov]))
        var snapshot = context.snapshot
        snapshot.drift = Snapshot.DriftReport(
            columns: columns, referenceMatches: reference.count, windowMatches: current.count)
        return JobResult(itemsIn: current.count, itemsOut: columns.count, snapshot: snapshot)
    }

    private static func columns(of matches: some Collection<Match>) -> [[Double]] {
        let rows = matches.map(MatchColumns.values(of:))
        return MatchColumns.names.indices.map { column in rows.map { $0[column] } }
    }
}
