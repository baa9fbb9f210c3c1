internal import Exposition
internal import Football

/// How forecasts made before kick-off did, beside the market on the same matches; each score with its 95 % interval.
struct ScoreCollector: Collector {
    static let matches = Descriptor.gauge(
        "touchline_score_matches", "Settled forecasts that the scores cover: the newest, up to the window.")
    static let window = Descriptor.gauge(
        "touchline_score_window_matches", "The most settled forecasts that the scores cover.")
    static let minimum = Descriptor.gauge(
        "touchline_score_minimum_matches", "Settled forecasts below which the scores are no evidence.")
    static let accuracy = Descriptor.gauge(
        "touchline_score_accuracy_ratio", "Share of settled forecasts whose likeliest outcome came true.",
        labels: ["forecaster"])
    static let accuracyBound = Descriptor.gauge(
        "touchline_score_accuracy_bound_ratio", "Bounds of the accuracy's 95 % Wilson interval.",
        labels: ["forecaster", "bound"])
    static let logLoss = Descriptor.gauge(
        "touchline_score_log_loss", "Mean logarithmic loss of the settled forecasts; lower is better.",
        labels: ["forecaster"])
    static let logLossBound = Descriptor.gauge(
        "touchline_score_log_loss_bound", "Bounds of the mean logarithmic loss' 95 % interval.",
        labels: ["forecaster", "bound"])
    static let rankedProbability = Descriptor.gauge(
        "touchline_score_ranked_probability_score",
        "Mean ranked probability score of the settled forecasts, 0 to 1; lower is better.", labels: ["forecaster"])
    static let rankedProbabilityBound = Descriptor.gauge(
        "touchline_score_ranked_probability_score_bound",
        "Bounds of the mean ranked probability score's 95 % interval.",
        labels: ["forecaster", "bound"])
    static let brier = Descriptor.gauge(
        "touchline_score_brier", "Mean Brier score of the settled forecasts, 0 to 2; lower is better.",
        labels: ["forecaster"])
    static let brierBound = Descriptor.gauge(
        "touchline_score_brier_bound", "Bounds of the mean Brier score's 95 % interval.",
        labels: ["forecaster", "bound"])
    static let difference = Descriptor.gauge(
        "touchline_score_log_loss_difference",
        "Mean logarithmic loss of the model less the market's on the same matches; above 0 is worse than the market.")
    static let differenceBound = Descriptor.gauge(
        "touchline_score_log_loss_difference_bound", "Bounds of the paired difference's 95 % interval.",
        labels: ["bound"])
    static let descriptors = [
        matches, window, minimum, accuracy, accuracyBound, logLoss, logLossBound, rankedProbability,
        rankedProbabilityBound, brier, brierBound, difference, differenceBound,
    ]

    let name = "score"
    let snapshots: SnapshotStore
    let settings: SettingsStore

    func collect() -> [Family] {
        let scores = snapshots.current?.scores
        let settings = settings.current.score
        let forecasters = [("model", scores?.model), ("market", scores?.market)]
        var difference = Family(Self.differenceBound)
        difference.append(scores?.logLossDifference?.lower, labels: ["lower"])
        difference.append(scores?.logLossDifference?.upper, labels: ["upper"])
        return [
            Family(Self.matches, scores.map { Double($0.model.matches) }),
            Family(Self.window, Double(settings.windowMatches)),
            Family(Self.minimum, Double(settings.minimumMatches)),
            Family(Self.difference, scores?.logLossDifference?.mean), difference,
        ]
            + families(Self.accuracy, Self.accuracyBound, forecasters, { $0.accuracy }, { $0.accuracyInterval })
            + families(Self.logLoss, Self.logLossBound, forecasters, { $0.logLoss }, { $0.logLossInterval })
            + families(
                Self.rankedProbability, Self.rankedProbabilityBound, forecasters, { $0.rankedProbability },
                { $0.rankedProbabilityInterval })
            + families(Self.brier, Self.brierBound, forecasters, { $0.brier }, { $0.brierInterval })
    }

    private func families(
        _ mean: Descriptor, _ bound: Descriptor, _ forecasters: [(String, ScoreSummary?)],
        _ value: (ScoreSummary) -> Double, _ interval: (ScoreSummary) -> Interval?
    ) -> [Family] {
        var means = Family(mean)
        var bounds = Family(bound)
        for (forecaster, summary) in forecasters {
            means.append(summary.map(value), labels: [forecaster])
            bounds.append(summary.flatMap { interval($0)?.lower }, labels: [forecaster, "lower"])
            bounds.append(summary.flatMap { interval($0)?.upper }, labels: [forecaster, "upper"])
        }
        return [means, bounds]
    }
}
