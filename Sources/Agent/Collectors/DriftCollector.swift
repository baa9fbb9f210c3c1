internal import Drift
internal import Exposition
internal import FoundationEssentials

/// The latest comparison of the newest matches with those before, feature by feature and as a whole.
struct DriftCollector: Collector {
    static let statistic = Descriptor.gauge(
        "touchline_drift_statistic",
        "Distance of a feature's newest values from those before, by measure and in its own unit; computed hourly.",
        labels: ["feature", "measure"])
    static let threshold = Descriptor.gauge(
        "touchline_drift_threshold",
        "Value of the statistic that chance exceeds once in as many looks as the corrected level says; computed hourly.",
        labels: ["feature", "measure"])
    static let pValue = Descriptor.gauge(
        "touchline_drift_p_value",
        "P-value of the measure that decides, corrected for the number of features; computed hourly.",
        labels: ["feature"])
    static let state = Descriptor.gauge(
        "touchline_drift_state", "Whether a feature is in a state: ok, drifted or insufficient_data; computed hourly.",
        labels: ["feature", "state"])
    static let detected = Descriptor.gauge(
        "touchline_drift_detected",
        "Whether a feature drifted: its corrected p-value is below the level; computed hourly.",
        labels: ["feature"])
    static let found = Descriptor.gauge(
        "touchline_drift_found_timestamp_seconds",
        "When a feature that is drifted, or the odds' margin, was first found so; Unix time, computed hourly.",
        labels: ["feature"])
    static let sample = Descriptor.gauge(
        "touchline_drift_sample_matches",
        "Matches that have a value of a feature, in the reference and in the current window; computed hourly.",
        labels: ["feature", "sample"])
    static let window = Descriptor.gauge(
        "touchline_drift_window_matches", "Newest matches that were compared; computed hourly.")
    static let reference = Descriptor.gauge(
        "touchline_drift_reference_matches",
        "Matches of the champion's training that were compared with; computed hourly.")
    static let minimum = Descriptor.gauge(
        "touchline_drift_minimum_matches", "Matches on either side below which there is no verdict.")
    static let level = Descriptor.gauge(
        "touchline_drift_significance_level", "Family-wise error rate of one evaluation over all features.")
    static let marginShift = Descriptor.gauge(
        "touchline_drift_margin_shift_ratio",
        "Mean margin of the newest odds less that of the odds before; 0.01 is one point, computed hourly.")
    static let marginLimit = Descriptor.gauge(
        "touchline_drift_margin_limit_ratio", "Shift of the odds' margin, either way, from which it is reported.")
    static let marginDetected = Descriptor.gauge(
        "touchline_drift_margin_detected",
        "Whether the odds' margin moved by the limit or more, and not by chance; computed hourly.")
    static let toldApart = Descriptor.gauge(
        "touchline_drift_told_apart_ratio",
        "Area under the curve of a forest that tells the newest matches from those before; 0.5 is chance, computed hourly."
    )
    static let toldApartPValue = Descriptor.gauge(
        "touchline_drift_told_apart_p_value", "P-value of that area by exchanging labels; computed hourly.")
    static let falseAlarms = Descriptor.gauge(
        "touchline_drift_replayed_false_alarm_ratio",
        "Share of seasons drawn by block from the history, in which nothing drifts, with a drift alarm; computed hourly."
    )
    static let replayed = Descriptor.gauge(
        "touchline_drift_replayed_seasons", "Seasons drawn from the history so far; computed hourly.")
    static let descriptors = [
        statistic, threshold, pValue, state, detected, found, sample, window, reference, minimum, level, marginShift,
        marginLimit, marginDetected, toldApart, toldApartPValue, falseAlarms, replayed,
    ]

    let name = "drift"
    let snapshots: SnapshotStore
    let settings: SettingsStore
    let clock: LeagueClock

    func collect() -> [Family] {
        let report = snapshots.current?.drift
        let settings = settings.current.drift
        return features(report) + [
            Family(Self.window, report.map { Double($0.windowMatches) }),
            Family(Self.reference, report.map { Double($0.referenceMatches) }),
            Family(Self.minimum, Double(settings.minimumMatches)), Family(Self.level, settings.significanceLevel),
            Family(Self.marginShift, report?.margin?.shift), Family(Self.marginLimit, settings.marginShift),
            Family(Self.marginDetected, report?.margin.map { $0.isDetected ? 1 : 0 }),
            Family(Self.toldApart, report?.toldApart?.statistic),
            Family(Self.toldApartPValue, report?.toldApart?.pValue),
            Family(Self.falseAlarms, report?.replay.ratio),
            Family(Self.replayed, report.map { Double($0.replay.seasons) }),
        ]
    }

    private func features(_ report: Snapshot.DriftReport?) -> [Family] {
        var (statistic, threshold) = (Family(Self.statistic), Family(Self.threshold))
        var (pValue, state, detected) = (Family(Self.pValue), Family(Self.state), Family(Self.detected))
        var (found, sample) = (Family(Self.found), Family(Self.sample))
        for column in report?.columns ?? [] {
            for reading in column.readings {
                statistic.append(reading.statistic, labels: [column.name, reading.measure.rawValue])
                threshold.append(reading.threshold, labels: [column.name, reading.measure.rawValue])
            }
            for known in DriftState.allCases {
                state.append(column.state == known ? 1 : 0, labels: [column.name, known.rawValue])
            }
            sample.append(Double(column.referenceCount), labels: [column.name, "reference"])
            sample.append(Double(column.currentCount), labels: [column.name, "current"])
            guard column.state != .insufficientData else { continue }
            pValue.append(column.adjustedPValue, labels: [column.name])
            detected.append(column.state == .drifted ? 1 : 0, labels: [column.name])
        }
        for (subject, instant) in (report?.foundAt ?? [:]).sorted(by: { $0.key < $1.key })
        where StreamDetector(rawValue: subject) == nil {
            found.append(clock.wall(instant).timeIntervalSince1970, labels: [subject])
        }
        return [statistic, threshold, pValue, state, detected, found, sample]
    }
}
