public import Football
public import FoundationEssentials

/// How one forecast turned out.
public struct Evaluation: Sendable, Hashable, Codable {
    /// The number of the forecast.
    public var predictionID: Int64
    /// The number of the model that made it.
    public var modelID: Int64
    /// The match.
    public var key: MatchKey
    /// The instant by which the forecast had to be made.
    public var deadline: Date
    /// How the match ended.
    public var outcome: Outcome
    /// What the model said.
    public var probabilities: OutcomeProbabilities
    /// What the market said, where odds were known.
    public var market: OutcomeProbabilities?
    /// The share of each outcome in the matches of the days before; nil where it was not kept.
    public var baseRate: OutcomeProbabilities?
    /// Whether the likeliest outcome happened.
    public var hit: Bool
    /// The model's log loss in nats, 0 or more.
    public var logLoss: Double
    /// The model's ranked probability score, 0 to 1.
    public var rankedProbability: Double
    /// The model's Brier score, 0 to 2.
    public var brier: Double
    /// The market's log loss in nats.
    public var marketLogLoss: Double?
    /// The market's ranked probability score, 0 to 1.
    public var marketRankedProbability: Double?
    /// When the forecast was scored.
    public var evaluatedAt: Date

    /// Makes an evaluation.
    public init(
        predictionID: Int64,
        modelID: Int64,
        key: MatchKey,
        deadline: Date,
        outcome: Outcome,
        probabilities: OutcomeProbabilities,
        market: OutcomeProbabilities? = nil,
        baseRate: OutcomeProbabilities? = nil,
        hit: Bool,
        logLoss: Double,
        rankedProbability: Double,
        brier: Double,
        marketLogLoss: Double? = nil,
        marketRankedProbability: Double? = nil,
        evaluatedAt: Date
    ) {
        self.predictionID = predictionID
        self.modelID = modelID
        self.key = key
        self.deadline = deadline
        self.outcome = outcome
        self.probabilities = probabilities
        self.market = market
        self.baseRate = baseRate
        self.hit = hit
        self.logLoss = logLoss
        self.rankedProbability = rankedProbability
        self.brier = brier
        self.marketLogLoss = marketLogLoss
        self.marketRankedProbability = marketRankedProbability
        self.evaluatedAt = evaluatedAt
    }
}

/// A forecast whose match is over and that has not been scored on its result.
public struct Settlement: Sendable, Hashable {
    /// The forecast, from before the kick-off.
    public var prediction: Prediction
    /// The match with its result and odds.
    public var match: Match
    /// The share of each outcome in the matches of the days before, with one of each added.
    public var baseRate: OutcomeProbabilities
    /// Whether the forecast was scored before, on a result that was corrected since.
    public var isCorrection: Bool

    /// Makes a settlement.
    public init(prediction: Prediction, match: Match, baseRate: OutcomeProbabilities, isCorrection: Bool) {
        self.prediction = prediction
        self.match = match
        self.baseRate = baseRate
        self.isCorrection = isCorrection
    }
}
