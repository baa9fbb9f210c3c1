internal import Football
internal import FoundationEssentials
internal import History
internal import Logging

extension Worker {
    /// What the history knows, whoever wrote it; models that are in memory already are not read again.
    func restore(after before: Snapshot = Snapshot()) async throws(JobError) -> Snapshot {
        var snapshot = Snapshot()
        let runs = try await withHistory { () throws(HistoryError) in try await history.jobRecords() }
        for name in JobName.allCases {
            guard let run = runs[name.rawValue] else { continue }
            snapshot.jobs[name] = JobSchedule.Record(
                lastSuccess: run.lastSuccess, lastEnd: run.lastEnd, failures: run.failuresSinceSuccess)
        }
        snapshot.backup =
            Backup.all(in: settings.current.backupDirectory).first { $0.manifest.verifiedAt != nil }?.manifest
        snapshot.counts = try await withHistory { () throws(HistoryError) in try await history.counts(at: clock.now) }
        snapshot.agenda = try await IngestJob.agenda(history, settings.current, at: clock.now)
        (snapshot.champion, snapshot.candidate) = (before.champion, before.candidate)
        snapshot = try await shelf.refreshed(snapshot)
        // Where none can be served, the next run trains one that can be.
        if snapshot.champion == nil { snapshot.jobs[.train] = nil }
        snapshot.scores = try await EvaluateJob.scores(history, window: settings.current.score.windowMatches)
        snapshot.shadows = try await EvaluateJob.shadows(
            history, window: settings.current.score.windowMatches, before: before.shadows)
        snapshot.betting = try await Snapshot.bettingRecords(history)
        let forecasts = try await withHistory { () throws(HistoryError) in
            try await history.latestPredictions(after: clock.now)
        }
        snapshot.forecasts = forecasts
        snapshot.fallback = try await FallbackDesk(history: history).standing(settings.current, at: clock.now)
        return snapshot
    }
}
