/// A forecast whose match is over: what was said beforehand, and what happened.
public struct SettledForecast: Hashable, Sendable {
    /// The season of the match.
    public let season: Season
    /// The day of the match.
    public let day: Day
    /// How the match ended.
    public let outcome: Outcome
    /// What the model said.
    public let model: OutcomeProbabilities
    /// What the market said, where odds were known.
    public let market: OutcomeProbabilities?
    /// The share of each outcome in the matches before; nil where it was not kept.
    public let baseRate: OutcomeProbabilities?

    /// Makes a settled forecast.
    public init(
        season: Season, day: Day, outcome: Outcome, model: OutcomeProbabilities, market: OutcomeProbabilities?,
        baseRate: OutcomeProbabilities?
    ) {
        self.season = season
        self.day = day
        self.outcome = outcome
        self.model = model
        self.market = market
        self.baseRate = baseRate
    }

    /// What a forecaster said of the match; nil if it said nothing.
    public subscript(forecaster: Forecaster) -> OutcomeProbabilities? {
        switch forecaster {
        case .model: model
        case .market: market
        case .baseRate: baseRate
        }
    }
}

/// Who forecast.
public enum Forecaster: String, CaseIterable, Sendable {
    /// The model that served.
    case model
    /// The odds, with the bookmaker's margin taken out in proportion.
    case market
    /// The share of each outcome in the matches before.
    case baseRate = "base_rate"
}

/// Which settled forecasts a score covers.
public enum ScoreWindow: Hashable, Sendable {
    /// The newest matches, at most so many.
    case last(Int)
    /// The season of the newest match, so far.
    case season

    /// The windows that scores are given for, from the shortest on; `watched` is among them whatever its size.
    public static func all(watched: Int) -> [ScoreWindow] {
        Set([10, 50, 100, 190, 380, watched]).sorted().map(ScoreWindow.last) + [.season]
    }

    /// The label value that metrics use: the number of matches, or `season`.
    public var name: String {
        switch self {
        case .last(let matches): "\(matches)"
        case .season: "season"
        }
    }

    /// The forecasts that lie in the window.
    ///
    /// - Parameter forecasts: Settled forecasts, newest first.
    /// - Returns: The newest of them.
    public func forecasts(of forecasts: [SettledForecast]) -> ArraySlice<SettledForecast> {
        switch self {
        case .last(let matches): forecasts.prefix(matches)
        case .season: forecasts.prefix { $0.season == forecasts[0].season }
        }
    }
}
