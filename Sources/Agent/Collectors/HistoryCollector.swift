internal import Exposition
internal import FoundationEssentials
internal import History
internal import Synchronization

/// Whether PostgreSQL answers, and what it keeps.
final class HistoryCollector: Collector {
    static let up = Descriptor.gauge(
        "touchline_database_up", "Whether PostgreSQL answered when it was last asked (1), or not (0).")
    static let operations = Descriptor.counter(
        "touchline_database_operations_total", "Operations on the history, whatever their outcome.")
    static let failures = Descriptor.counter(
        "touchline_database_failures_total", "Operations on the history that failed, by reason.", labels: ["reason"])
    static let matches = Descriptor.gauge(
        "touchline_history_matches", "Finished matches in the history, counted after each job.")
    static let fixtures = Descriptor.gauge(
        "touchline_history_fixtures_upcoming", "Matches ahead in the history, counted after each job.")
    static let quarantined = Descriptor.gauge(
        "touchline_history_quarantined_rows", "Rows in quarantine, counted after each job.")
    static let newest = Descriptor.gauge(
        "touchline_newest_result_timestamp_seconds", "Unix time of the kick-off of the newest match with a result.")
    static let next = Descriptor.gauge(
        "touchline_next_kickoff_timestamp_seconds", "Unix time of the next kick-off in the history.")
    static let durations = Descriptor.histogram(
        "touchline_database_operation_duration_seconds",
        "How long operations on the history took by what they are about, in seconds, the wait for a connection included.",
        labels: ["subject"], buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10])
    static let waits = Descriptor.histogram(
        "touchline_database_pool_wait_seconds", "How long operations waited for a connection, in seconds.",
        buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15])
    static let leader = Descriptor.gauge(
        "touchline_leader", "Whether this agent leads and runs the jobs (1), or another does or may (0).")
    static let term = Descriptor.gauge(
        "touchline_leader_term", "The number of the term in which this agent leads; absent while it does not.")
    static let notices = Descriptor.counter(
        "touchline_database_notices_total",
        "Notices of PostgreSQL that something happened to the database, by this agent or another, by subject.",
        labels: ["subject"])
    static let descriptors = [
        up, operations, failures, durations, waits, leader, term, notices, matches, fixtures, quarantined, newest, next,
    ]

    let name = "history"
    private let operations = Counter(operations)
    private let failures = Counter(failures, seed: HistoryError.reasons.map { [$0] })
    private let durations = Histogram(durations, seed: StatementGroup.allCases.map { [$0.rawValue] })
    private let waits = Histogram(waits)
    private let notices = Counter(notices, seed: Notice.allCases.map { [$0.rawValue] })
    private let up = Gauge(up)
    private let term = Mutex<Int64?>(nil)
    private let snapshots: SnapshotStore
    private let clock: LeagueClock

    init(snapshots: SnapshotStore, clock: LeagueClock) {
        self.snapshots = snapshots
        self.clock = clock
    }

    /// Counts an operation.
    func count(_ report: OperationReport) {
        operations.increment()
        durations.observe(report.duration.seconds, [report.group.rawValue])
        waits.observe(report.waited.seconds)
        if let error = report.error { failures.increment([error.reason]) }
    }

    /// Counts a notice.
    func heard(_ notice: Notice) { notices.increment([notice.rawValue]) }

    /// Notes the term in which this agent leads; nil that it does not, or does not know.
    func leads(in term: Int64?) { self.term.withLock { $0 = term } }

    func answered(_ isUp: Bool) { up.set(isUp ? 1 : 0) }

    /// Whether PostgreSQL answered when it was last asked.
    var isUp: Bool { up.value() == 1 }

    func collect() -> [Family] {
        let counts = snapshots.current?.counts
        let term = term.withLock { $0 }
        return [
            up.family, operations.family, failures.family, durations.family, waits.family,
            Family(Self.leader, term == nil ? 0 : 1), Family(Self.term, term.map(Double.init)), notices.family,
            Family(Self.matches, counts.map { Double($0.matches) }),
            Family(Self.fixtures, counts.map { Double($0.fixtures) }),
            Family(Self.quarantined, counts.map { Double($0.quarantined) }),
            Family(Self.newest, counts?.newestKickOff.map { clock.wall($0).timeIntervalSince1970 }),
            Family(Self.next, counts?.nextKickOff.map { clock.wall($0).timeIntervalSince1970 }),
        ]
    }
}
