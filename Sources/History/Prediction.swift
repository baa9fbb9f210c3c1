public import Football
public import FoundationEssentials

/// A forecast of one match by one model, made before it could be too late.
public struct Prediction: Sendable, Hashable, Codable {
    /// Its number in the database, nil before it is stored.
    public var id: Int64?
    /// The number of the model that made it.
    public var modelID: Int64
    /// The match.
    public var key: MatchKey
    /// The instant from which it would have been too late: `Fixture.forecastDeadline` when it was made.
    public var deadline: Date
    /// When it was made, before the deadline.
    public var madeAt: Date
    /// What the model says.
    public var probabilities: OutcomeProbabilities
    /// What the market said at the time, where odds were known.
    public var market: OutcomeProbabilities?
    /// What it was made from; nil for forecasts made before this was kept.
    public var tier: ForecastTier?
    /// Whether the match is simulated.
    public var synthetic: Bool

    /// Makes a forecast that is not stored yet, unless it is given a number.
    public init(
        id: Int64? = nil,
        modelID: Int64,
        key: MatchKey,
        deadline: Date,
        madeAt: Date,
        probabilities: OutcomeProbabilities,
        market: OutcomeProbabilities? = nil,
        tier: ForecastTier? = nil,
        synthetic: Bool = false
    ) {
        self.id = id
        self.modelID = modelID
        self.key = key
        self.deadline = deadline
        self.madeAt = madeAt
        self.probabilities = probabilities
        self.market = market
        self.tier = tier
        self.synthetic = synthetic
    }
}
