internal import FoundationEssentials
internal import History

extension Agent {
    /// Plays a span of the past: at each instant the jobs run that are due, and what is known then is published.
    ///
    /// - Parameters:
    ///   - instants: The instants, the earliest first, each with its number.
    ///   - warmUp: How many of them nobody sees; no backups are taken then, which say nothing of the league.
    ///   - replayed: What the agent's clock shows.
    ///   - visit: Called at each instant, once what is known there can be gathered.
    /// - Throws: ``AgentError`` if the database cannot be used, or whatever `visit` throws.
    func replay(
        _ instants: some Sequence<(offset: Int, element: Date)> & Sendable, warmUp: Int, at replayed: ReplayedInstant,
        _ visit: @escaping @Sendable (Int, Date) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await database.run()
                return false
            }
            tasks.addTask {
                while !(database.isReady && database.term != nil) { try await Task.sleep(for: .milliseconds(20)) }
                var snapshot = try await worker.restore()
                for (number, instant) in instants {
                    try Task.checkCancellation()
                    replayed.advance(to: instant)
                    snapshot = try await runWhatIsDue(at: instant, snapshot, besides: number < warmUp ? .backup : nil)
                    worker.instruments.heartbeat(at: instant)
                    try await visit(number, instant)
                }
                return true
            }
            // Either all is played, or the database is beyond help.
            _ = try await tasks.next()
            tasks.cancelAll()
            while (try? await tasks.next()) != nil {}
        }
    }

    /// Runs every job that is due once, but for one, and publishes what is known then.
    private func runWhatIsDue(at instant: Date, _ before: Snapshot, besides other: JobName?) async throws -> Snapshot {
        var snapshot = before
        var planned = settings.current.schedule
        if let other { planned.crons[other] = nil }
        let schedule = JobSchedule(settings: planned)
        while let name = schedule.due(at: instant, records: snapshot.jobs, ordered: snapshot.ordered),
            let job = worker.jobs[name]
        {
            var failure: JobError?
            snapshot = await Term.$current.withValue(database.term) {
                await worker.run(name, job, snapshot) { failure = $0 }
            }
            // Too few matches, or a file that is missing, is what a live agent would have met as well.
            if case .history(let error) = failure { throw AgentError.database("\(error)") }
            if case .cancelled = failure { throw CancellationError() }
        }
        snapshots.publish(snapshot)
        return snapshot
    }
}
