internal import Football

extension Backtest {
    /// A mean and its 95 % interval; no interval for fewer than two matches.
    public struct Estimate: Sendable, Codable, Equatable {
        /// The mean.
        public let mean: Double
        /// The lower end.
        public let lower: Double?
        /// The upper end.
        public let upper: Double?

        init(_ mean: Double, _ interval: Interval?) {
            self.mean = mean
            lower = interval?.lower
            upper = interval?.upper
        }
    }

    /// The scores of some matches.
    public struct Scores: Sendable, Codable, Equatable {
        /// How many matches were scored.
        public let matches: Int
        /// Share of matches whose likeliest outcome came true.
        public let accuracy: Estimate
        /// Mean log loss.
        public let logLoss: Estimate
        /// Mean ranked probability score.
        public let rankedProbability: Estimate
        /// Mean Brier score, 0 to 2.
        public let brier: Estimate
        /// Expected calibration error of the likeliest outcome; interval by drawing days.
        public let calibrationError: Estimate
        /// Ranked probability score less the market's, by the way its margin was taken out; intervals by drawing days.
        public let rankedProbabilityDifference: [String: Estimate]
        /// Log loss less the market's, likewise.
        public let logLossDifference: [String: Estimate]

        init?(_ forecasts: [Forecast]) {
            let pairs = forecasts.map { ($0.probabilities, $0.match.result.outcome) }
            guard let summary = ScoreSummary(pairs) else { return nil }
            matches = summary.matches
            accuracy = Estimate(summary.accuracy, summary.accuracyInterval)
            logLoss = Estimate(summary.logLoss, summary.logLossInterval)
            rankedProbability = Estimate(summary.rankedProbability, summary.rankedProbabilityInterval)
            brier = Estimate(summary.brier, summary.brierInterval)
            calibrationError = Estimate(
                CalibrationError.expected(pairs),
                CalibrationError.interval(
                    forecasts.map { ($0.match.fixture.day, $0.probabilities, $0.match.result.outcome) }))
            rankedProbabilityDifference = Scores.differences(forecasts, Score.rankedProbability)
            logLossDifference = Scores.differences(forecasts, Score.logLoss)
        }

        private static func differences(
            _ forecasts: [Forecast], _ score: (OutcomeProbabilities, Outcome) -> Double
        ) -> [String: Estimate] {
            var differences: [String: Estimate] = [:]
            for removal in MarginRemoval.allCases {
                let values = forecasts.compactMap { forecast in
                    forecast.match.fixture.forecastOdds.map { odds in
                        let outcome = forecast.match.result.outcome
                        return (
                            day: forecast.match.fixture.day,
                            value: score(forecast.probabilities, outcome) - score(odds.probabilities(removal), outcome)
                        )
                    }
                }
                guard !values.isEmpty else { continue }
                differences[removal.rawValue] = Estimate(
                    values.reduce(0) { $0 + $1.value } / Double(values.count), Bootstrap(values).interval())
            }
            return differences
        }
    }

    /// The ways to take the market's margin out that forecasts are compared with.
    public static let marginRemovals = MarginRemoval.allCases.map(\.rawValue)

    /// What a backtest found.
    public struct Report: Sendable, Codable, Equatable {
        /// The feature set.
        public let features: String
        /// Whether the forecasts saw the match itself: a benchmark, not a forecast.
        public let afterTheMatch: Bool
        /// Matches that lacked what the forecaster needs.
        public let unforecast: Int
        /// How many matches each correction was applied to, by its name; nil if none was asked for.
        public let calibrations: [String: Int]?
        /// The scores of all matches; nil without any.
        public let all: Scores?
        /// The scores by season, such as `2023/24`.
        public let seasons: [String: Scores]

        init(_ forecasts: [Forecast], recipe: Recipe, unforecast: Int, calibrations: [String: Int]?) {
            features = recipe.columns.name
            afterTheMatch = recipe.columns == .seedAfterTheMatch
            self.unforecast = unforecast
            self.calibrations = calibrations
            all = Scores(forecasts)
            seasons = Dictionary(grouping: forecasts) { "\($0.match.fixture.key.season)" }.compactMapValues(Scores.init)
        }
    }
}
