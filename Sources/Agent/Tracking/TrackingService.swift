internal import FoundationEssentials
internal import History
internal import Logging
internal import ServiceLifecycle

/// Tells the tracking server of every model that was trained, beside the jobs and not among them: a server that is
/// away, broken or slow keeps no training and no forecast waiting, and is told later.
struct TrackingService: Service {
    let history: History
    let database: DatabaseService
    let settings: SettingsStore
    /// Rung when there may be a new model.
    let changes: Doorbell
    let instruments: TrackingInstruments
    let logger: Logger

    /// Looked at even where nobody rings.
    private static let look = Duration.seconds(30)
    private static let longestPause = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
    }

    private func work() async {
        var failures = 0
        var last: Int64 = 0
        var told = settings.current.mlflow
        while !Task.isCancelled {
            let heard = changes.rings
            let mlflow = settings.current.mlflow
            if mlflow != told { (told, failures, last) = (mlflow, 0, 0) }
            // What is waiting is counted by the agent that would send it.
            guard !mlflow.trackingURI.isEmpty, database.isReady, let term = database.term else {
                instruments.waits(ExportBacklog(models: 0))
                await changes.wait(since: heard, atMost: .seconds(1))
                continue
            }
            do throws(TrackingError) {
                guard let model = try await next(mlflow, after: last) else {
                    await changes.wait(since: heard, atMost: TrackingService.look)
                    continue
                }
                last = model
                try await Term.$current.withValue(term) { await attempt(model, mlflow) }.get()
                failures = 0
            } catch {
                guard !Task.isCancelled else { return }
                failures += 1
                instruments.failed(error)
                let pause = pause(after: failures)
                logger.error(
                    "model not sent to the tracking server",
                    metadata: [
                        "model": "\(last)", "reason": "\(error.reason)", "error": "\(error)",
                        "again_in_seconds": "\(pause.seconds)",
                    ])
                await rest(pause, until: mlflow)
            }
        }
    }

    /// Whose turn it is; nil if every model was sent.
    private func next(_ mlflow: Settings.MLflow, after last: Int64) async throws(TrackingError) -> Int64? {
        let backlog = try await withTracking { () throws(HistoryError) in
            try await history.exportBacklog(of: mlflow.destination, after: last)
        }
        instruments.waits(backlog)
        return backlog.next
    }

    private func export(_ id: Int64, _ mlflow: Settings.MLflow) async throws(TrackingError) {
        let found = try await withTracking { () throws(HistoryError) in try await history.modelToExport(id) }
        guard let found else { return }
        let events = try await withTracking { () throws(HistoryError) in try await history.modelEvents(of: id) }
        let run = try await TrackingServer(mlflow).keep(
            TrackedRun(found, events: events),
            files: [
                ("model.bin", found.model.bytes),
                // What 'touchline models import' reads.
                ("touchline.model", ModelFile(found.model, bytesChecksum: found.bytesChecksum).bytes),
            ])
        try await withTracking { () throws(HistoryError) in
            try await history.exported(id, to: mlflow.destination, as: run)
        }
        instruments.exported()
        logger.info("model sent to the tracking server", metadata: ["model": "\(id)", "run": "\(run)"])
    }

    private func pause(after failures: Int) -> Duration {
        min(TrackingService.longestPause, settings.current.schedule.retryPause * (1 << min(failures - 1, 10)))
    }

    /// Waits, but not for a server that is no longer the one to tell.
    private func rest(_ pause: Duration, until mlflow: Settings.MLflow) async {
        let end = ContinuousClock.now + pause
        while !Task.isCancelled, ContinuousClock.now < end, settings.current.mlflow == mlflow {
            try? await Task.sleep(for: min(.seconds(1), end - ContinuousClock.now))
        }
    }

    /// The same with what is thrown as a value: whoever hands on a task's own values knows no kinds of errors.
    private func attempt(_ id: Int64, _ mlflow: Settings.MLflow) async -> Result<Void, TrackingError> {
        do throws(TrackingError) {
            return .success(try await export(id, mlflow))
        } catch {
            return .failure(error)
        }
    }

    private func withTracking<T>(_ body: () async throws(HistoryError) -> T) async throws(TrackingError) -> T {
        do throws(HistoryError) {
            return try await body()
        } catch {
            throw .history(error)
        }
    }
}
