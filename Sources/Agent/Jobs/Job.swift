internal import Fetch
internal import Football
internal import Forest
internal import FoundationEssentials
internal import History

/// One piece of work that the schedule starts.
///
/// Whatever every job owes (timing, counters, its row in `job_runs`, a log line) is added by the worker that calls it.
protocol Job: Sendable {
    /// Does the work and returns what is known afterwards.
    ///
    /// - Parameter context: The instant, the settings and what was known before.
    /// - Returns: Items in and out, and the next snapshot.
    /// - Throws: ``JobError``; the old snapshot then stays.
    func run(_ context: JobContext) async throws(JobError) -> JobResult
}

/// What a run is given.
struct JobContext: Sendable {
    /// The league instant at which the run was started.
    let now: Date
    /// The settings of this run.
    let settings: Settings
    /// What was known before.
    let snapshot: Snapshot
}

/// What a run leaves.
struct JobResult: Sendable {
    /// Things looked at.
    var itemsIn: Int
    /// Things written.
    var itemsOut: Int
    /// What is known now.
    var snapshot: Snapshot
}

/// Why a job did not do its work.
enum JobError: Error, Sendable, CustomStringConvertible {
    /// Files of the feed could not be fetched or decoded; what could be was kept.
    case feed(failed: Int, of: Int, first: String)
    /// PostgreSQL did not do its part.
    case history(HistoryError)
    /// The forest could not be trained or read.
    case forest(ForestError)
    /// Too few finished matches to train on.
    case tooFewMatches(have: Int, need: Int)
    /// The agent is stopping, or the job ran out of time.
    case cancelled

    /// The label value of `touchline_job_failures_total`.
    var reason: String {
        switch self {
        case .feed: "feed"
        case .history: "database"
        case .forest: "training"
        case .tooFewMatches: "too_few_matches"
        case .cancelled: "cancelled"
        }
    }

    /// Every ``reason``.
    static let reasons = ["feed", "database", "training", "too_few_matches", "cancelled"]

    /// One line for a log.
    var description: String {
        switch self {
        case .feed(let failed, let all, let first): "\(failed) of \(all) files failed; the first: \(first)"
        case .history(let error): "\(error)"
        case .forest(let error): "\(error)"
        case .tooFewMatches(let have, let need): "\(have) finished matches are too few to train on; \(need) are needed"
        case .cancelled: "stopped before it was done"
        }
    }
}

/// Runs `body`, turning a failure of PostgreSQL into a job's.
func withHistory<T>(_ body: () async throws(HistoryError) -> T) async throws(JobError) -> T {
    do throws(HistoryError) {
        return try await body()
    } catch {
        throw .history(error)
    }
}
