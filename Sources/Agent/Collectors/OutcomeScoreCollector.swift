internal import Exposition
internal import Football

/// How well each outcome is told from the other two, by window; a measure that is not defined is absent.
struct OutcomeScoreCollector: Collector {
    private static let labels = ["window", "forecaster", "outcome"]
    /// Base rates say the same of every match: they tell no outcome from another.
    private static let forecasters = [Forecaster.model, .market]

    static let precision = Descriptor.gauge(
        "touchline_score_precision_ratio",
        "Of the matches for which an outcome was the likeliest, the share in which it came true.", labels: labels)
    static let recall = Descriptor.gauge(
        "touchline_score_recall_ratio",
        "Of the matches in which an outcome came true, the share for which it was the likeliest.", labels: labels)
    static let f1 = Descriptor.gauge(
        "touchline_score_f1_ratio", "Harmonic mean of an outcome's precision and recall.", labels: labels)
    static let areaUnderCurve = Descriptor.gauge(
        "touchline_score_area_under_curve_ratio",
        "Probability that a match with an outcome was given more of it than one without; 0.5 is chance.",
        labels: labels)
    static let descriptors = [precision, recall, f1, areaUnderCurve]

    let name = "outcome_score"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        var precision = Family(Self.precision)
        var recall = Family(Self.recall)
        var f1 = Family(Self.f1)
        var area = Family(Self.areaUnderCurve)
        for window in snapshots.current?.scores?.windows ?? [] {
            for forecaster in Self.forecasters {
                for (outcome, scores) in zip(Outcome.allCases, window.cards[forecaster]?.outcomes ?? []) {
                    let labels = [window.window.name, forecaster.rawValue, outcome.name]
                    precision.append(scores.precision, labels: labels)
                    recall.append(scores.recall, labels: labels)
                    f1.append(scores.f1, labels: labels)
                    area.append(scores.areaUnderCurve, labels: labels)
                }
            }
        }
        return [precision, recall, f1, area]
    }
}
