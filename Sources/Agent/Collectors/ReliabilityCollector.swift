internal import Exposition
internal import Football

/// Whether what forecasts call probable comes true as often: the bins behind a reliability diagram, and their error.
struct ReliabilityCollector: Collector {
    static let error = Descriptor.gauge(
        "touchline_score_calibration_error_ratio",
        "Expected calibration error of the likeliest outcome over ten bins; above 0 by chance alone, more so with few.",
        labels: ["window", "forecaster"])
    static let confidence = Descriptor.gaugeHistogram(
        "touchline_score_confidence_ratio",
        "Settled forecasts of the watched window, by the probability of their likeliest outcome.",
        labels: ["forecaster"], buckets: Reliability.bounds)
    static let hitConfidence = Descriptor.gaugeHistogram(
        "touchline_score_hit_confidence_ratio",
        "Those of them whose likeliest outcome came true, by its probability.", labels: ["forecaster"],
        buckets: Reliability.bounds)
    static let descriptors = [error, confidence, hitConfidence]

    let name = "reliability"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let scores = snapshots.current?.scores
        var error = Family(Self.error)
        var confidence = Family(Self.confidence)
        var hitConfidence = Family(Self.hitConfidence)
        for window in scores?.windows ?? [] {
            for forecaster in Forecaster.allCases {
                guard let reliability = window.cards[forecaster]?.reliability else { continue }
                error.append(reliability.expectedError, labels: [window.window.name, forecaster.rawValue])
                guard window.window == scores?.watched else { continue }
                confidence.append(
                    Self.histogram(reliability.matches, reliability.confidence), labels: [forecaster.rawValue])
                hitConfidence.append(
                    Self.histogram(reliability.hits, reliability.hitConfidence), labels: [forecaster.rawValue])
            }
        }
        return [error, confidence, hitConfidence]
    }

    private static func histogram(_ counts: [Int], _ sum: Double) -> HistogramValue {
        HistogramValue(counts: counts.map(UInt64.init) + [0], sum: sum)
    }
}
