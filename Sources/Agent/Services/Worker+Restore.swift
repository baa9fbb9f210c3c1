internal import Football
internal import FoundationEssentials
internal import History
internal import Logging

extension Worker {
    /// What the history knows from before this process started.
    func restore() async throws(JobError) -> Snapshot {
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
        let stored = try await withHistory { () throws(HistoryError) in try await history.champion() }
        if let stored {
            do throws(ModelBytesError) {
                snapshot.champion = try Snapshot.Champion(stored)
            } catch {
                logger.error(
                    "stored model cannot be read", metadata: ["model": "\(stored.id ?? 0)", "error": "\(error)"])
                // The next run trains one that can be.
                snapshot.jobs[.train] = nil
            }
        }
        snapshot.scores = try await EvaluateJob.scores(history, window: settings.current.score.windowMatches)
        let forecasts = try await withHistory { () throws(HistoryError) in
            try await history.latestPredictions(after: clock.now)
        }
        snapshot.forecasts = forecasts
        snapshot.fallback = try await FallbackDesk(history: history).standing(settings.current, at: clock.now)
        return snapshot
    }
}

extension Snapshot.Champion {
    /// A stored model; throws if its bytes are refused.
    init(_ model: StoredModel) throws(ModelBytesError) {
        let serving = try ServingModel(bytes: model.bytes)
        self.init(
            id: model.id ?? 0, model: serving, trainedAt: model.trainedAt, featureSet: model.featureSet,
            matches: model.matches,
            trainingSeconds: model.trainingSeconds, bytes: model.bytes.count,
            holdout: HoldoutText.decode(model.holdout))
    }
}
