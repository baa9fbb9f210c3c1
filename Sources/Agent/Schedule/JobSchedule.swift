internal import FoundationEssentials

/// Which job is due: a function of the instant, the settings and what is known of the last runs.
struct JobSchedule: Sendable {
    /// What is known of a job's runs.
    struct Record: Sendable, Equatable {
        /// When the last run that succeeded was started; nil if none ever did.
        var lastSuccess: Date?
        /// When the last run ended, whatever its outcome.
        var lastEnd: Date?
        /// Runs that failed since the last success.
        var failures = 0
    }

    let settings: Settings.Schedule

    /// The first job that is due at `now`, in the order in which data flows; nil if none is.
    ///
    /// A job yields to those that were due already when it last ended: one that takes longer than its period would
    /// otherwise keep all others from ever running.
    ///
    /// - Parameters:
    ///   - now: The instant.
    ///   - records: What is known of each job's runs.
    ///   - ordered: Jobs that are wanted now, whatever their expressions say.
    /// - Returns: The job to run now.
    func due(at now: Date, records: [JobName: Record], ordered: Set<JobName> = []) -> JobName? {
        let due = JobName.allCases.compactMap { job in
            let record = records[job] ?? Record()
            let instant = dueInstant(of: job, at: now, record: record, isOrdered: ordered.contains(job))
            // A job that never ran has waited longest.
            return instant <= now ? (job, since: record.lastEnd == nil ? .distantPast : instant) : nil
        }
        let first = due.first { job, _ in
            guard let lastEnd = records[job]?.lastEnd else { return true }
            return !due.contains { other, since in other != job && since <= lastEnd }
        }
        return (first ?? due.first)?.0
    }

    /// When `job` is next due; an instant in the past if it is due already.
    ///
    /// An instant that passed while the agent was down is caught up with once, however many passed. A failed run is
    /// tried again after a pause that doubles from the settings' to one hour, whatever the expression says.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - now: The instant.
    ///   - record: What is known of its runs.
    ///   - isOrdered: Whether it is wanted now; only a pause after a failure then puts it off.
    /// - Returns: The instant.
    func dueInstant(of job: JobName, at now: Date, record: Record, isOrdered: Bool = false) -> Date {
        if isOrdered { return retryInstant(record) ?? now }
        guard let cron = settings.crons[job] else { return .distantFuture }
        guard let lastSuccess = record.lastSuccess else { return retryInstant(record) ?? now }
        let pause = jitter(of: job)
        let shifted = now.addingTimeInterval(-pause)
        guard let slot = cron.previous(onOrBefore: shifted), slot > lastSuccess.addingTimeInterval(-pause) else {
            return (cron.next(after: shifted) ?? .distantFuture).addingTimeInterval(pause)
        }
        return retryInstant(record) ?? slot.addingTimeInterval(pause)
    }

    /// The time between the next two instants of a job's expression, in seconds; nil if it has none.
    func period(of job: JobName, at now: Date) -> TimeInterval? {
        guard let first = settings.crons[job]?.next(after: now), let second = settings.crons[job]?.next(after: first)
        else { return nil }
        return second.timeIntervalSince(first)
    }

    private func retryInstant(_ record: Record) -> Date? {
        guard record.failures > 0, let lastEnd = record.lastEnd else { return nil }
        return lastEnd.addingTimeInterval(
            min(3600, settings.retryPause.seconds * Double(1 << min(record.failures - 1, 16))))
    }

    /// The same for a job every time, so that its runs keep their distance.
    private func jitter(of job: JobName) -> TimeInterval {
        let hash = job.rawValue.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        return Double(hash % 1000) / 1000 * settings.jitter.seconds
    }
}
