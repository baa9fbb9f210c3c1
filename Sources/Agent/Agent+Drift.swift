internal import FoundationEssentials
internal import History

extension Agent {
    /// Looks for drift in the history as the agent's own job does, and writes nothing: an agent may be running.
    ///
    /// - Returns: What it found.
    /// - Throws: ``AgentError`` if the database is not there or cannot be read.
    public func drift() async throws(AgentError) -> DriftSummary {
        try await reading { () async throws -> DriftSummary in
            let snapshot = try await worker.restore()
            guard let job = worker.jobs[.drift] as? DriftJob else { throw AgentError.job("there is no drift job") }
            let context = JobContext(now: clock.now, settings: settings.current, snapshot: snapshot)
            return DriftSummary(try await job.look(context).report, settings: settings.current.drift)
        }
    }

    /// Calibrates the alarms on the history, and writes nothing: an agent may be running.
    ///
    /// - Parameters:
    ///   - calibration: What to calibrate, and how much of it.
    ///   - progress: Told how far it has come.
    /// - Returns: The rates and delays.
    /// - Throws: ``AgentError`` if the database cannot be read or holds too few matches.
    public func calibrate(
        _ calibration: DriftCalibration, progress: @escaping DriftCalibration.Progress
    ) async throws(AgentError) -> DriftCalibration.Report {
        try await reading { () async throws -> DriftCalibration.Report in
            try await calibration.run(try await history.matches(), progress: progress)
        }
    }

    /// Opens the database, reads, and closes it again if it was not open before.
    private func reading<T: Sendable>(_ body: () async throws -> T) async throws(AgentError) -> T {
        let wasRunning = await cluster?.isRunning() ?? true
        let result: Result<T, AgentError>
        do {
            try await cluster?.start()
            _ = try await history.migrate()
            result = .success(try await body())
        } catch let error as AgentError {
            result = .failure(error)
        } catch let error as HistoryError {
            result = .failure(.database("\(error)"))
        } catch {
            result = .failure(.job("\(error)"))
        }
        await history.close()
        if !wasRunning { try? await cluster?.stop() }
        return try result.get()
    }
}
