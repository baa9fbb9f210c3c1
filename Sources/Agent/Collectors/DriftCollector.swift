internal import Drift
internal import Exposition

/// The latest comparison of the newest matches with those before; a column without enough data is absent.
struct DriftCollector: Collector {
    static let statistic = Descriptor.gauge(
        "touchline_drift_statistic",
        "Two-sample Kolmogorov-Smirnov statistic of a column, newest matches against those before; computed daily.",
        labels: ["feature"])
    static let pValue = Descriptor.gauge(
        "touchline_drift_p_value", "The statistic's p-value after Holm's correction over all columns; computed daily.",
        labels: ["feature"])
    static let detected = Descriptor.gauge(
        "touchline_drift_detected",
        "Whether a column drifted: its corrected p-value is below the level; computed daily.",
        labels: ["feature"])
    static let window = Descriptor.gauge(
        "touchline_drift_window_matches", "Newest matches that were compared; computed daily.")
    static let minimum = Descriptor.gauge(
        "touchline_drift_minimum_matches", "Matches on either side below which there is no verdict.")
    static let level = Descriptor.gauge(
        "touchline_drift_significance_level", "Family-wise error rate of one evaluation over all columns.")
    static let descriptors = [statistic, pValue, detected, window, minimum, level]

    let name = "drift"
    let snapshots: SnapshotStore
    let settings: SettingsStore

    func collect() -> [Family] {
        let report = snapshots.current?.drift
        var statistic = Family(Self.statistic)
        var pValue = Family(Self.pValue)
        var detected = Family(Self.detected)
        for column in report?.columns ?? [] where column.state != .insufficientData {
            statistic.append(column[.kolmogorovSmirnov]?.statistic, labels: [column.name])
            pValue.append(column.adjustedPValue, labels: [column.name])
            detected.append(column.state == .drifted ? 1 : 0, labels: [column.name])
        }
        return [
            statistic, pValue, detected, Family(Self.window, report.map { Double($0.windowMatches) }),
            Family(Self.minimum, Double(settings.current.drift.minimumMatches)),
            Family(Self.level, settings.current.drift.significanceLevel),
        ]
    }
}
