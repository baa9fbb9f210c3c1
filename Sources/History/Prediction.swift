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
    /// The odds on offer at the time, where they were known and sane.
    public var odds: Odds?
    /// Whose odds those were.
    public var bookmaker: Bookmaker?
    /// What it was made from; nil for forecasts made before this was kept.
    public var tier: ForecastTier?
    /// Whether the match is simulated.
    public var synthetic: Bool
    /// Whether it is only kept for its model to be judged, and another model's forecast is served.
    public var shadow: Bool

    /// Makes a forecast that is not stored yet, unless it is given a number.
    public init(
        id: Int64? = nil,
        modelID: Int64,
        key: MatchKey,
        deadline: Date,
        madeAt: Date,
        probabilities: OutcomeProbabilities,
        market: OutcomeProbabilities? = nil,
        bookmaker: Bookmaker? = nil,
        odds: Odds? = nil,
        tier: ForecastTier? = nil,
        synthetic: Bool = false,
        shadow: Bool = false
    ) {
        self.id = id
        self.modelID = modelID
        self.key = key
        self.deadline = deadline
        self.madeAt = madeAt
        self.probabilities = probabilities
        self.market = market
        self.odds = odds
        self.bookmaker = bookmaker
        self.tier = tier
        self.synthetic = synthetic
        self.shadow = shadow
    }
}

extension Prediction {
    /// Reads a forecast; one that waited in a spool since before there were shadows is none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decodeIfPresent(Int64.self, forKey: .id),
            modelID: try values.decode(Int64.self, forKey: .modelID),
            key: try values.decode(MatchKey.self, forKey: .key),
            deadline: try values.decode(Date.self, forKey: .deadline),
            madeAt: try values.decode(Date.self, forKey: .madeAt),
            probabilities: try values.decode(OutcomeProbabilities.self, forKey: .probabilities),
            market: try values.decodeIfPresent(OutcomeProbabilities.self, forKey: .market),
            bookmaker: try values.decodeIfPresent(Bookmaker.self, forKey: .bookmaker),
            odds: try values.decodeIfPresent(Odds.self, forKey: .odds),
            tier: try values.decodeIfPresent(ForecastTier.self, forKey: .tier),
            synthetic: try values.decode(Bool.self, forKey: .synthetic),
            shadow: try values.decodeIfPresent(Bool.self, forKey: .shadow) ?? false)
    }
}
