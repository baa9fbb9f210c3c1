internal import Exposition
internal import Football

/// How forecasts made before kick-off did, by window, beside the market and the base rates on the same matches.
///
/// Intervals are 95 % ones: Wilson's for the accuracy, drawn by matchweek for the rest.
struct ScoreCollector: Collector {
    private static let labels = ["window", "forecaster"]
    private static let boundLabels = labels + ["bound"]

    static let matches = Descriptor.gauge(
        "touchline_score_matches",
        "Settled forecasts that a window's scores cover: the newest, or those of the season so far.", labels: labels)
    static let watched = Descriptor.gauge(
        "touchline_score_window_watched", "Whether alerts judge by this window (1) or not (0).", labels: ["window"])
    static let minimum = Descriptor.gauge(
        "touchline_score_minimum_matches", "Settled forecasts below which the scores are no evidence.")
    static let accuracy = Descriptor.gauge(
        "touchline_score_accuracy_ratio", "Share of settled forecasts whose likeliest outcome came true.",
        labels: labels)
    static let accuracyBound = Descriptor.gauge(
        "touchline_score_accuracy_bound_ratio", "Bounds of the accuracy's 95 % Wilson interval.", labels: boundLabels)
    static let logLoss = Descriptor.gauge(
        "touchline_score_log_loss", "Mean logarithmic loss of the settled forecasts; lower is better.", labels: labels)
    static let logLossBound = Descriptor.gauge(
        "touchline_score_log_loss_bound", "Bounds of the mean logarithmic loss' 95 % interval.", labels: boundLabels)
    static let rankedProbability = Descriptor.gauge(
        "touchline_score_ranked_probability_score",
        "Mean ranked probability score of the settled forecasts, 0 to 1; lower is better.", labels: labels)
    static let rankedProbabilityBound = Descriptor.gauge(
        "touchline_score_ranked_probability_score_bound",
        "Bounds of the mean ranked probability score's 95 % interval.", labels: boundLabels)
    static let brier = Descriptor.gauge(
        "touchline_score_brier", "Mean Brier score of the settled forecasts, 0 to 2; lower is better.", labels: labels)
    static let brierBound = Descriptor.gauge(
        "touchline_score_brier_bound", "Bounds of the mean Brier score's 95 % interval.", labels: boundLabels)
    static let logLossDifference = Descriptor.gauge(
        "touchline_score_log_loss_difference",
        "Mean logarithmic loss of the model less the market's on the same matches; above 0 is worse than the market.",
        labels: ["window"])
    static let logLossDifferenceBound = Descriptor.gauge(
        "touchline_score_log_loss_difference_bound",
        "Bounds of the 95 % interval of the paired difference of logarithmic losses.", labels: ["window", "bound"])
    static let rankedProbabilityDifference = Descriptor.gauge(
        "touchline_score_ranked_probability_score_difference",
        "Mean ranked probability score of the model less the market's on the same matches; above 0 is worse.",
        labels: ["window"])
    static let rankedProbabilityDifferenceBound = Descriptor.gauge(
        "touchline_score_ranked_probability_score_difference_bound",
        "Bounds of the 95 % interval of the paired difference of ranked probability scores.",
        labels: ["window", "bound"])
    static let brierDifference = Descriptor.gauge(
        "touchline_score_brier_difference",
        "Mean Brier score of the model less the market's on the same matches; above 0 is worse than the market.",
        labels: ["window"])
    static let brierDifferenceBound = Descriptor.gauge(
        "touchline_score_brier_difference_bound",
        "Bounds of the 95 % interval of the paired difference of Brier scores.", labels: ["window", "bound"])
    static let descriptors = [
        matches, watched, minimum, accuracy, accuracyBound, logLoss, logLossBound, rankedProbability,
        rankedProbabilityBound, brier, brierBound, logLossDifference, logLossDifferenceBound,
        rankedProbabilityDifference, rankedProbabilityDifferenceBound, brierDifference, brierDifferenceBound,
    ]

    let name = "score"
    let snapshots: SnapshotStore
    let settings: SettingsStore

    func collect() -> [Family] {
        let scores = snapshots.current?.scores
        let windows = scores?.windows ?? []
        var matches = Family(Self.matches)
        var watched = Family(Self.watched)
        for window in windows {
            watched.append(window.window == scores?.watched ? 1 : 0, labels: [window.window.name])
            for forecaster in Forecaster.allCases {
                matches.append(
                    window.cards[forecaster].map { Double($0.matches) },
                    labels: [window.window.name, forecaster.rawValue])
            }
        }
        return [
            matches, watched, Family(Self.minimum, Double(settings.current.score.minimumMatches)),
        ]
            + cards(Self.accuracy, Self.accuracyBound, windows) { $0.accuracy }
            + cards(Self.logLoss, Self.logLossBound, windows) { $0.logLoss }
            + cards(Self.rankedProbability, Self.rankedProbabilityBound, windows) { $0.rankedProbability }
            + cards(Self.brier, Self.brierBound, windows) { $0.brier }
            + differences(Self.logLossDifference, Self.logLossDifferenceBound, windows) { $0.logLoss }
            + differences(Self.rankedProbabilityDifference, Self.rankedProbabilityDifferenceBound, windows) {
                $0.rankedProbability
            }
            + differences(Self.brierDifference, Self.brierDifferenceBound, windows) { $0.brier }
    }

    private func cards(
        _ value: Descriptor, _ bound: Descriptor, _ windows: [WindowScores], _ estimate: (Scorecard) -> Estimate
    ) -> [Family] {
        var values = Family(value)
        var bounds = Family(bound)
        for window in windows {
            for forecaster in Forecaster.allCases {
                guard let card = window.cards[forecaster] else { continue }
                append(estimate(card), [window.window.name, forecaster.rawValue], to: &values, &bounds)
            }
        }
        return [values, bounds]
    }

    private func differences(
        _ value: Descriptor, _ bound: Descriptor, _ windows: [WindowScores],
        _ estimate: (MarketDifference) -> Estimate
    ) -> [Family] {
        var values = Family(value)
        var bounds = Family(bound)
        for window in windows {
            guard let difference = window.difference else { continue }
            append(estimate(difference), [window.window.name], to: &values, &bounds)
        }
        return [values, bounds]
    }

    private func append(_ estimate: Estimate, _ labels: [String], to values: inout Family, _ bounds: inout Family) {
        values.append(estimate.value, labels: labels)
        bounds.append(estimate.interval?.lower, labels: labels + ["lower"])
        bounds.append(estimate.interval?.upper, labels: labels + ["upper"])
    }
}
