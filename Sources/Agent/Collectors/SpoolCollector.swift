internal import Exposition
internal import FoundationEssentials
internal import History

/// What waits to be written, and what could not be.
final class SpoolCollector: Collector {
    static let pending = Descriptor.gauge(
        "touchline_history_pending_rows", "Facts in the spool that wait for PostgreSQL.")
    static let oldest = Descriptor.gauge(
        "touchline_history_oldest_pending_timestamp_seconds",
        "Unix time at which the oldest fact in the spool was made; absent while none waits.")
    static let failures = Descriptor.counter(
        "touchline_history_write_failures_total",
        "Writes to the history that failed, by reason; what may pass waits in the spool.", labels: ["reason"])
    static let bytes = Descriptor.gauge("touchline_history_spool_size_bytes", "Size of the spool's file in bytes.")
    static let maximum = Descriptor.gauge(
        "touchline_history_spool_maximum_bytes", "Size in bytes that the spool's file may reach.")
    static let refused = Descriptor.counter(
        "touchline_history_spool_refused_total",
        "Facts that waited and that PostgreSQL then refused for good; they are in spool.refused.")
    static let descriptors = [pending, oldest, failures, bytes, maximum, refused]

    let name = "spool"
    private let failures = Counter(failures, seed: HistoryError.reasons.map { [$0] })
    private let spool: Spool

    init(spool: Spool) {
        self.spool = spool
    }

    /// Counts an operation, if it is a write that failed.
    func count(_ report: OperationReport) {
        if report.isWrite, let error = report.error { failures.increment([error.reason]) }
    }

    func collect() -> [Family] {
        let standing = spool.standing
        return [
            Family(Self.pending, Double(standing.pending)),
            Family(Self.oldest, standing.oldest?.timeIntervalSince1970), failures.family,
            Family(Self.bytes, Double(standing.bytes)), Family(Self.maximum, Double(standing.maximumBytes)),
            Family(Self.refused, Double(standing.refused)),
        ]
    }
}
