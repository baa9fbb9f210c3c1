internal import Exposition
internal import FoundationEssentials
internal import History
internal import Synchronization

/// What became of the models that a tracking server is to be told of.
final class TrackingInstruments: Collector {
    static let exports = Descriptor.counter(
        "touchline_model_exports_total", "Models that this process sent to the tracking server.")
    static let failures = Descriptor.counter(
        "touchline_model_export_failures_total",
        "Attempts to send a model to the tracking server that failed, by reason; it is sent again later.",
        labels: ["reason"])
    static let waiting = Descriptor.gauge(
        "touchline_model_exports_waiting", "Models that the tracking server has not been sent yet.")
    static let oldest = Descriptor.gauge(
        "touchline_model_export_oldest_waiting_timestamp_seconds",
        "Unix time at which the first of them was kept; absent while none waits.")
    static let descriptors = [exports, failures, waiting, oldest]

    let name = "tracking"
    private let exports = Counter(exports, seed: [[]])
    private let failures = Counter(failures, seed: TrackingError.reasons.map { [$0] })
    private let backlog = Mutex<ExportBacklog?>(nil)

    /// Counts a model that was sent.
    func exported() { exports.increment() }

    /// Counts an attempt that failed.
    func failed(_ error: TrackingError) { failures.increment([error.reason]) }

    /// Takes note of what waits.
    func waits(_ waiting: ExportBacklog) { backlog.withLock { $0 = waiting } }

    func collect() -> [Family] {
        let backlog = backlog.withLock { $0 }
        return [
            exports.family, failures.family, Family(Self.waiting, backlog.map { Double($0.models) }),
            Family(Self.oldest, backlog?.oldest.map(\.timeIntervalSince1970)),
        ]
    }
}
