internal import Exposition
internal import Football
internal import History

/// The forecasts of the matches ahead.
struct ForecastCollector: Collector {
    static let forecasts = Descriptor.gauge("touchline_forecasts", "Matches ahead that have a forecast.")
    static let missing = Descriptor.gauge(
        "touchline_forecasts_missing", "Matches within the forecast horizon that have no forecast.")
    static let mean = Descriptor.gauge(
        "touchline_forecast_mean_probability_ratio", "Mean forecast probability of an outcome over the matches ahead.",
        labels: ["outcome"])
    static let descriptors = [forecasts, missing, mean]

    let name = "forecast"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let snapshot = snapshots.current
        var mean = Family(Self.mean)
        if let forecasts = snapshot?.forecasts, !forecasts.isEmpty {
            for outcome in Outcome.allCases {
                let sum = forecasts.reduce(0) { $0 + $1.probabilities[outcome] }
                mean.append(sum / Double(forecasts.count), labels: [outcome.name])
            }
        }
        return [
            Family(Self.forecasts, snapshot?.forecasts.map { Double($0.count) }),
            Family(Self.missing, snapshot?.missingForecasts.map(Double.init)),
            mean,
        ]
    }
}
