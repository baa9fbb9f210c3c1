internal import Exposition
internal import History

/// What scoring did: counted as it happens.
struct SettlementInstruments: Collector {
    static let scored = Descriptor.counter(
        "touchline_forecasts_scored_total",
        "Forecasts scored by this process: first on a result, or again on a corrected one.", labels: ["occasion"])
    static let descriptors = [scored]

    let name = "settlement"
    private let scored = Counter(scored, seed: [["result"], ["correction"]])

    /// Counts forecasts that were scored.
    func count(_ settlements: [Settlement]) {
        let corrections = settlements.count(where: \.isCorrection)
        scored.increment(["result"], by: Double(settlements.count - corrections))
        scored.increment(["correction"], by: Double(corrections))
    }

    func collect() -> [Family] { [scored.family] }
}
