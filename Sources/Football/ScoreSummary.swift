/// The scores of a forecaster over a set of matches, each with its 95 % interval.
public struct ScoreSummary: Hashable, Sendable {
    /// How many matches were scored; at least 1.
    public let matches: Int
    /// Share of matches whose most probable outcome happened, 0 to 1.
    public let accuracy: Double
    /// Mean log loss; a uniform forecast has 1.0986.
    public let logLoss: Double
    /// Mean ranked probability score, 0 to 1.
    public let rankedProbability: Double
    /// Mean Brier score, 0 to 2.
    public let brier: Double
    /// Wilson's interval of the accuracy.
    public let accuracyInterval: Interval
    /// Normal interval of the mean log loss; nil for a single match.
    public let logLossInterval: Interval?
    /// Normal interval of the mean ranked probability score; nil for a single match.
    public let rankedProbabilityInterval: Interval?
    /// Normal interval of the mean Brier score; nil for a single match.
    public let brierInterval: Interval?

    /// Scores forecasts against what happened; nil without any.
    public init?(_ pairs: [(OutcomeProbabilities, Outcome)]) {
        let hits = pairs.count { Score.hit($0.0, $0.1) }
        guard let accuracyInterval = Interval(successes: hits, of: pairs.count) else { return nil }
        let logLosses = pairs.map { Score.logLoss($0.0, $0.1) }
        let rankedProbabilities = pairs.map { Score.rankedProbability($0.0, $0.1) }
        let briers = pairs.map { Score.brier($0.0, $0.1) }
        let count = Double(pairs.count)
        matches = pairs.count
        accuracy = Double(hits) / count
        logLoss = logLosses.reduce(0, +) / count
        rankedProbability = rankedProbabilities.reduce(0, +) / count
        brier = briers.reduce(0, +) / count
        self.accuracyInterval = accuracyInterval
        logLossInterval = Interval(meanOf: logLosses)
        rankedProbabilityInterval = Interval(meanOf: rankedProbabilities)
        brierInterval = Interval(meanOf: briers)
    }
}

/// The mean of paired score differences on the same matches, with its 95 % interval.
///
/// Watch this rather than two summaries side by side: what makes a match hard to forecast is common to both forecasters
/// and cancels.
public struct PairedDifference: Hashable, Sendable {
    /// How many differences there are; at least 2.
    public let n: Int
    /// Their mean.
    public let mean: Double
    /// The lower end of the mean's normal interval.
    public let lower: Double
    /// The upper end of the mean's normal interval.
    public let upper: Double

    /// Makes a difference whose interval is known.
    public init(n: Int, mean: Double, interval: Interval) {
        self.n = n
        self.mean = mean
        lower = interval.lower
        upper = interval.upper
    }

    /// Summarises differences; nil for fewer than two, whose spread is unknown.
    public init?(_ differences: [Double]) {
        guard let interval = Interval(meanOf: differences) else { return nil }
        n = differences.count
        mean = differences.reduce(0, +) / Double(differences.count)
        lower = interval.lower
        upper = interval.upper
    }
}
