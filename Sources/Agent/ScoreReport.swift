internal import Football

/// The scores of settled forecasts by window, as a terminal shows them and as JSON: the numbers of `/metrics`.
public struct ScoreReport: Sendable, Encodable {
    /// A number with its 95 % interval.
    public struct Estimate: Sendable, Encodable {
        /// The number itself.
        public let value: Double
        /// The interval's lower end; nil where the spread is unknown.
        public let lower: Double?
        /// The interval's upper end.
        public let upper: Double?

        init(_ estimate: Football.Estimate) {
            value = estimate.value
            lower = estimate.interval?.lower
            upper = estimate.interval?.upper
        }
    }

    /// How well one outcome is told from the others; a measure that is not defined is nil.
    public struct OutcomeMeasures: Sendable, Encodable {
        /// Of the matches for which it was the likeliest, the share in which it came true.
        public let precision: Double?
        /// Of the matches in which it came true, the share for which it was the likeliest.
        public let recall: Double?
        /// The harmonic mean of both.
        public let f1: Double?
        /// The probability that a match with it was given more of it than one without.
        public let areaUnderCurve: Double?
    }

    /// A forecaster over a window.
    public struct Scores: Sendable, Encodable {
        /// Matches that it was scored on.
        public let matches: Int
        /// Share of matches whose likeliest outcome came true.
        public let accuracy: Estimate
        /// Mean log loss in nats.
        public let logLoss: Estimate
        /// Mean ranked probability score.
        public let rankedProbability: Estimate
        /// Mean Brier score.
        public let brier: Estimate
        /// Expected calibration error of the likeliest outcome.
        public let calibrationError: Double?
        /// The same for each outcome's own probability, the mean over the outcomes.
        public let classwiseCalibrationError: Double?
        /// Matches by the probability of their likeliest outcome, in ten bins.
        public let reliabilityMatches: [Int]
        /// Those of them in which it came true.
        public let reliabilityHits: [Int]
        /// By outcome: `home`, `draw` and `away`.
        public let outcomes: [String: OutcomeMeasures]
    }

    /// The model's mean scores less the market's on the same matches.
    public struct Difference: Sendable, Encodable {
        /// Matches that had odds.
        public let matches: Int
        /// Difference of the log losses in nats.
        public let logLoss: Estimate
        /// Difference of the ranked probability scores.
        public let rankedProbability: Estimate
        /// Difference of the Brier scores.
        public let brier: Estimate
    }

    /// All scores over one window.
    public struct Window: Sendable, Encodable {
        /// The matches that it has at most, for instance `50`, or `season`.
        public let window: String
        /// Whether alerts judge by it.
        public let isWatched: Bool
        /// By forecaster: `model`, `market` and `base_rate`.
        public let forecasters: [String: Scores]
        /// Below 0 the model is better than the market; nil without a match that had odds.
        public let difference: Difference?
    }

    /// The windows, from the shortest on; none before a forecast was settled.
    public let windows: [Window]

    init(_ scores: Snapshot.LiveScores?) {
        windows = (scores?.windows ?? []).map { window in
            Window(
                window: window.window.name, isWatched: window.window == scores?.watched,
                forecasters: Dictionary(
                    uniqueKeysWithValues: window.cards.map { ($0.key.rawValue, Scores($0.value)) }),
                difference: window.difference.map(Difference.init))
        }
    }
}

extension ScoreReport.Scores {
    fileprivate init(_ card: Scorecard) {
        let outcomes = zip(Outcome.allCases, card.outcomes).map { outcome, scores in
            (
                outcome.name,
                ScoreReport.OutcomeMeasures(
                    precision: scores.precision, recall: scores.recall, f1: scores.f1,
                    areaUnderCurve: scores.areaUnderCurve)
            )
        }
        self.init(
            matches: card.matches, accuracy: .init(card.accuracy), logLoss: .init(card.logLoss),
            rankedProbability: .init(card.rankedProbability), brier: .init(card.brier),
            calibrationError: card.reliability.expectedError,
            classwiseCalibrationError: card.reliability.classwiseError,
            reliabilityMatches: card.reliability.matches, reliabilityHits: card.reliability.hits,
            outcomes: Dictionary(uniqueKeysWithValues: outcomes))
    }
}

extension ScoreReport.Difference {
    fileprivate init(_ difference: MarketDifference) {
        self.init(
            matches: difference.matches, logLoss: .init(difference.logLoss),
            rankedProbability: .init(difference.rankedProbability), brier: .init(difference.brier))
    }
}

extension Agent {
    /// The scores of settled forecasts, as far as they are known.
    public var scoreReport: ScoreReport { ScoreReport(snapshots.current?.scores) }
}
