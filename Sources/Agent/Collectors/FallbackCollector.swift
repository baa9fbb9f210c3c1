internal import Exposition
internal import History

/// Whether invented fixtures stand in for those that no feed brings.
struct FallbackCollector: Collector {
    static let active = Descriptor.gauge(
        "touchline_fallback_active",
        "Whether every feed has failed for longer than the limit, and invented fixtures are forecast (1).",
        labels: ["source"])
    static let forecasts = Descriptor.gauge(
        "touchline_fallback_forecasts", "Forecasts of invented fixtures ahead; no other metric counts them.",
        labels: ["source"])
    static let descriptors = [active, forecasts]

    let name = "fallback"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let fallback = snapshots.current?.fallback
        func family(_ descriptor: Descriptor, _ value: Int?) -> Family {
            var family = Family(descriptor)
            family.append(value.map(Double.init), labels: [FallbackForecast.source])
            return family
        }
        return [
            family(Self.active, fallback.map { $0.since == nil ? 0 : 1 }),
            family(Self.forecasts, fallback?.forecasts.count),
        ]
    }
}
