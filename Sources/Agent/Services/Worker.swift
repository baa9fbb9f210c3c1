internal import FoundationEssentials
internal import History
internal import Logging
internal import ServiceLifecycle

/// Runs the jobs that are due, one after the other, and publishes what is known after each.
struct Worker: Service {
    let jobs: [JobName: any Job]
    let history: History
    let database: DatabaseService
    let changes: Doorbell
    let settings: SettingsStore
    let snapshots: SnapshotStore
    let shelf: ModelShelf
    let instruments: JobsCollector
    let clock: LeagueClock
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await work() }
    }

    /// What this agent is to the others on its database.
    private enum Role: Equatable {
        case leads(Int64)
        case follows

        init(_ term: Int64?) { self = term.map { .leads($0) } ?? .follows }
    }

    /// Whether what a follower read so long ago may differ from what the database holds now.
    private func isStale(_ age: Duration, heard: Int) -> Bool {
        // While changes are heard of, at once, but not for each of a burst; else now and then.
        guard changes.isAttended else { return age > .seconds(5) }
        return age > (changes.rings == heard ? .seconds(60) : .milliseconds(500))
    }

    /// How often the registry is looked at, for what an operator or another program wants of the models.
    private static let look = Duration.milliseconds(500)

    /// Works while this agent leads, and reads what the leader wrote while it follows, until it is cancelled.
    private func work() async throws {
        var snapshot = Snapshot()
        var restored: Role?
        var restoredAt = ContinuousClock.now
        var heard = 0
        var lookedAt = ContinuousClock.now
        while !Task.isCancelled {
            instruments.heartbeat(at: Date())
            guard database.isReady else {
                try? await Task.sleep(for: .milliseconds(50))
                continue
            }
            let role = Role(database.term)
            // Another agent may have worked since: what this one remembers of it is not enough to work on.
            if restored != role || (role == .follows && isStale(.now - restoredAt, heard: heard)) {
                do throws(JobError) {
                    heard = changes.rings
                    snapshot = try await restore(after: snapshot)
                    // What was found changed is kept, but not all that was seen: whoever leads looks again at once.
                    if role != .follows { snapshot.jobs[.drift]?.lastSuccess = nil }
                    snapshots.publish(snapshot)
                    restored = role
                    restoredAt = .now
                } catch {
                    logger.error("history could not be read", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
                continue
            }
            guard case .leads(let term) = role else {
                try? await Task.sleep(for: .milliseconds(100))
                continue
            }
            heard = changes.rings
            if lookedAt + Worker.look < .now {
                lookedAt = .now
                snapshot = await shelf.looked(snapshot)
                snapshots.publish(snapshot)
            }
            let schedule = JobSchedule(settings: settings.current.schedule)
            guard
                let name = schedule.due(at: clock.now, records: snapshot.jobs, ordered: snapshot.ordered),
                let job = jobs[name]
            else {
                await changes.wait(since: heard, atMost: pause(schedule, snapshot))
                continue
            }
            snapshot = await Term.$current.withValue(term) { await run(name, job, snapshot) }
            snapshots.publish(snapshot)
            if snapshot.jobs[name]?.failures ?? 0 > 0 { try? await Task.sleep(for: .milliseconds(200)) }
        }
    }

    /// Runs one job once, with all that every job owes.
    ///
    /// - Parameters:
    ///   - name: What the run is counted and recorded as.
    ///   - job: The work.
    ///   - before: What was known before; it stays where the job fails.
    ///   - onFailure: Told why, if it fails.
    /// - Returns: What is known afterwards.
    func run(
        _ name: JobName, _ job: any Job, _ before: Snapshot, onFailure: (JobError) -> Void = { _ in }
    ) async -> Snapshot {
        let started = clock.now
        let watch = ContinuousClock.now
        instruments.started(name)
        let result = await bounded(
            job, JobContext(now: started, settings: settings.current, snapshot: before))
        let duration = ContinuousClock.now - watch
        instruments.ended(name, after: duration, result: result)
        var snapshot = (try? result.get())?.snapshot ?? before
        var record = snapshot.jobs[name] ?? JobSchedule.Record()
        record.lastEnd = clock.now
        var row = JobRun(
            job: name.rawValue, startedAt: started, finishedAt: clock.now, outcome: "succeeded", itemsIn: 0, itemsOut: 0
        )
        switch result {
        case .success(let result):
            record.lastSuccess = started
            record.failures = 0
            (row.itemsIn, row.itemsOut) = (result.itemsIn, result.itemsOut)
            logger.info(
                "job succeeded",
                metadata: [
                    "job": "\(name.rawValue)", "seconds": "\(duration.seconds)", "items_in": "\(result.itemsIn)",
                    "items_out": "\(result.itemsOut)",
                ])
        case .failure(let error):
            onFailure(error)
            record.failures += 1
            row.outcome = error.reason
            // A job that is cut short by a clean stop is nothing to act on; it is due again after the start.
            logger.log(
                level: Task.isCancelled ? .info : .error, "job failed",
                metadata: [
                    "job": "\(name.rawValue)", "seconds": "\(duration.seconds)", "reason": "\(error.reason)",
                    "error": "\(error)",
                ])
        }
        snapshot.jobs[name] = record
        do throws(HistoryError) {
            try await history.record(row)
            snapshot.counts = try await history.counts(at: clock.now)
        } catch {
            logger.error("job run not recorded", metadata: ["job": "\(name.rawValue)", "error": "\(error)"])
        }
        return snapshot
    }

    /// Runs the job, showing signs of life for as long as it may take; past that it is cancelled and they end.
    private func bounded(_ job: any Job, _ context: JobContext) async -> Result<JobResult, JobError> {
        await withTaskGroup(of: Result<JobResult, JobError>?.self) { group in
            group.addTask {
                do throws(JobError) {
                    return .success(try await job.run(context))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask { [instruments, database] in
                let end = ContinuousClock.now + context.settings.schedule.jobTimeout
                // A job of a term that is over could write nothing more.
                while ContinuousClock.now < end, !Task.isCancelled, !database.isOver(Term.current) {
                    instruments.heartbeat(at: Date())
                    try? await Task.sleep(for: .milliseconds(500))
                }
                return nil
            }
            for await outcome in group {
                group.cancelAll()
                if let outcome { return outcome }
            }
            return .failure(.cancelled)
        }
    }

    /// Until the next job is due, but never so long that the worker seems dead or misses a reload.
    private func pause(_ schedule: JobSchedule, _ snapshot: Snapshot) -> Duration {
        let now = clock.now
        let due = JobName.allCases.map {
            schedule.dueInstant(
                of: $0, at: now, record: snapshot.jobs[$0] ?? JobSchedule.Record(),
                isOrdered: snapshot.ordered.contains($0))
        }
        let wait = due.min().map { clock.wall($0.timeIntervalSince(now)) } ?? .seconds(1)
        return min(.seconds(1), max(.milliseconds(5), wait))
    }
}
