internal import Exposition

/// Detectors that watch the stream of scored forecasts; all are absent before the first score.
struct ScoreStreamCollector: Collector {
    static let statistic = Descriptor.gauge(
        "touchline_stream_statistic",
        "What a detector says of the stream of scored forecasts, in its own unit; evidence as its logarithm.",
        labels: ["detector"])
    static let threshold = Descriptor.gauge(
        "touchline_stream_threshold", "Statistic from which a detector has detected a change.", labels: ["detector"])
    static let detected = Descriptor.gauge(
        "touchline_stream_detected", "Whether a detector has detected a change in the stream of scored forecasts.",
        labels: ["detector"])
    static let run = Descriptor.gauge(
        "touchline_stream_run_matches", "Scored forecasts since the change that a detector supposes.",
        labels: ["detector"])
    static let matches = Descriptor.gauge(
        "touchline_stream_matches", "Scored forecasts that a detector has seen since it was started.",
        labels: ["detector"])
    static let descriptors = [statistic, threshold, detected, run, matches]

    let name = "score_stream"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let streams = snapshots.current?.drift?.streams ?? []
        func family(_ descriptor: Descriptor, _ value: (StreamStanding) -> Double?) -> Family {
            var family = Family(descriptor)
            for stream in streams { family.append(value(stream), labels: [stream.detector.rawValue]) }
            return family
        }
        return [
            family(Self.statistic) { $0.statistic }, family(Self.threshold) { $0.threshold },
            family(Self.detected) { $0.isDetected ? 1 : 0 }, family(Self.run) { Double($0.runLength) },
            family(Self.matches) { Double($0.matches) },
        ]
    }
}
