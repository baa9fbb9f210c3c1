internal import FoundationEssentials
internal import History

extension Agent {
    /// Opens the database, runs jobs one after the other, and closes it again if it was not open before.
    ///
    /// - Parameter jobs: The jobs to run, in this order; none only brings the schema up to date.
    /// - Returns: What is known afterwards, and the migrations that were applied.
    /// - Throws: ``AgentError`` at the first thing that fails.
    public func once(_ jobs: [JobName]) async throws(AgentError) -> (standing: Standing, migrations: [String]) {
        let wasRunning = await cluster?.isRunning() ?? true
        let result = await opened(jobs)
        await history.close()
        if !wasRunning { try? await cluster?.stop() }
        return try result.get()
    }

    private func opened(
        _ jobs: [JobName]
    ) async -> Result<(standing: Standing, migrations: [String]), AgentError> {
        do {
            try await cluster?.start()
            let migrations = try await history.migrate()
            var snapshot = try await worker.restore()
            for name in jobs {
                guard let job = worker.jobs[name] else { continue }
                var failure: JobError?
                snapshot = await worker.run(name, job, snapshot) { failure = $0 }
                if let failure { throw failure }
            }
            snapshots.publish(snapshot)
            return .success((standing, migrations))
        } catch let error as HistoryError {
            return .failure(.database("\(error)"))
        } catch {
            return .failure(.job("\(error)"))
        }
    }
}
