internal import FoundationEssentials
internal import History

extension Agent {
    /// Opens the database, runs jobs one after the other, and closes it again if it was not open before.
    ///
    /// - Parameters:
    ///   - jobs: The jobs to run, in this order; none only brings the schema up to date.
    ///   - reason: Why a training is asked for; the request is kept even if the jobs cannot be run here.
    /// - Returns: What is known afterwards, and the migrations that were applied.
    /// - Throws: ``AgentError`` at the first thing that fails.
    public func once(
        _ jobs: [JobName], asking reason: String? = nil
    ) async throws(AgentError) -> (standing: Standing, migrations: [String]) {
        let wasRunning = await cluster?.isRunning() ?? true
        let result = await opened(jobs, asking: reason)
        await leadership.resign()
        await history.close()
        if !wasRunning { try? await cluster?.stop() }
        return try result.get()
    }

    private func opened(
        _ jobs: [JobName], asking reason: String?
    ) async -> Result<(standing: Standing, migrations: [String]), AgentError> {
        do {
            try await cluster?.start()
            let migrations = try await history.migrate()
            if let reason {
                let request = TrainingRequest(source: .command, reason: reason, requestedAt: clock.now)
                _ = try await history.request(request)
            }
            let term = jobs.isEmpty ? nil : try await lead()
            database.leads(in: term)
            var snapshot = try await worker.restore()
            for name in jobs {
                guard let job = worker.jobs[name] else { continue }
                var failure: JobError?
                snapshot = await Term.$current.withValue(term) {
                    await worker.run(name, job, snapshot) { failure = $0 }
                }
                if let failure { throw failure }
            }
            snapshots.publish(snapshot)
            return .success((standing, migrations))
        } catch let error as AgentError {
            return .failure(error)
        } catch let error as HistoryError {
            return .failure(.database("\(error)"))
        } catch {
            return .failure(.job("\(error)"))
        }
    }

    /// Takes the lead, for which an agent that has just stopped is waited for.
    private func lead() async throws -> Int64 {
        let end = ContinuousClock.now + .seconds(3)
        while true {
            if let term = try await leadership.campaign() { return term }
            guard ContinuousClock.now < end else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        let leader = try await leadership.leader()?.holder ?? "unknown"
        throw AgentError.led(by: leader)
    }
}
