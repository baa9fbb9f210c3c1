internal import Football

/// How a model, the market and the base rates did on matches that the model had not seen.
struct Holdout: Sendable, Equatable, Codable {
    /// A forecaster's mean scores.
    struct Scores: Sendable, Equatable, Codable {
        let accuracy: Double
        let logLoss: Double
        let rankedProbability: Double

        init?(_ summary: ScoreSummary?) {
            guard let summary else { return nil }
            accuracy = summary.accuracy
            logLoss = summary.logLoss
            rankedProbability = summary.rankedProbability
        }
    }

    /// Matches that all forecasters were scored on.
    let matches: Int
    /// The model trained on everything before the held-out matches.
    let model: Scores
    /// The market's implied probabilities; nil if any match had no odds.
    let market: Scores?
    /// The outcome frequencies of the matches before.
    let baseRate: Scores
}
