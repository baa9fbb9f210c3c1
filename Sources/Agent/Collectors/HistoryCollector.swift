internal import Exposition
internal import FoundationEssentials
internal import History

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
    static let descriptors = [up, operations, failures, matches, fixtures, quarantined, newest, next]

    let name = "history"
    private let operations = Counter(operations)
    private let failures = Counter(failures, seed: HistoryError.reasons.map { [$0] })
    private let up = Gauge(up)
    private let snapshots: SnapshotStore
    private let clock: LeagueClock

    init(snapshots: SnapshotStore, clock: LeagueClock) {
        self.snapshots = snapshots
        self.clock = clock
    }

    /// Counts an operation; `error` says why it failed, nil that it did not.
    func count(_ error: HistoryError?) {
        operations.increment()
        if let error { failures.increment([error.reason]) }
    }

    func answered(_ isUp: Bool) { up.set(isUp ? 1 : 0) }

    /// Whether PostgreSQL answered when it was last asked.
    var isUp: Bool { up.value() == 1 }

    func collect() -> [Family] {
        let counts = snapshots.current?.counts
        return [
            up.family, operations.family, failures.family,
            Family(Self.matches, counts.map { Double($0.matches) }),
            Family(Self.fixtures, counts.map { Double($0.fixtures) }),
            Family(Self.quarantined, counts.map { Double($0.quarantined) }),
            Family(Self.newest, counts?.newestKickOff.map { clock.wall($0).timeIntervalSince1970 }),
            Family(Self.next, counts?.nextKickOff.map { clock.wall($0).timeIntervalSince1970 }),
        ]
    }
}
