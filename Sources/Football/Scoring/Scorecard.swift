/// One forecaster's scores over one window.
public struct Scorecard: Hashable, Sendable {
    /// How many matches it was scored on; at least 1.
    public let matches: Int
    /// Share of matches whose likeliest outcome happened, with Wilson's interval.
    public let accuracy: Estimate
    /// Mean log loss in nats; intervals of this and the next two are drawn by matchweek.
    public let logLoss: Estimate
    /// Mean ranked probability score, 0 to 1.
    public let rankedProbability: Estimate
    /// Mean Brier score, 0 to 2.
    public let brier: Estimate
    /// How far what was said to be probable came true as often.
    public let reliability: Reliability
    /// How well each outcome was told from the others, in the order of ``Outcome``.
    public let outcomes: [OutcomeScores]
}

/// The model's scores less the market's on the same matches; above 0 is worse than the market.
public struct MarketDifference: Hashable, Sendable {
    /// How many matches had both; at least 1.
    public let matches: Int
    /// Mean difference of the log losses in nats.
    public let logLoss: Estimate
    /// Mean difference of the ranked probability scores.
    public let rankedProbability: Estimate
    /// Mean difference of the Brier scores.
    public let brier: Estimate
}

/// All scores over one window.
public struct WindowScores: Hashable, Sendable {
    /// Which forecasts they cover.
    public let window: ScoreWindow
    /// Each forecaster's scores; one that said nothing is missing.
    public let cards: [Forecaster: Scorecard]
    /// The model against the market; nil without a match that had odds.
    public let difference: MarketDifference?

    private static let measures = [Score.logLoss, Score.rankedProbability, Score.brier]

    /// Scores the forecasts that lie in a window; nil without any.
    ///
    /// - Parameters:
    ///   - window: Which forecasts to score.
    ///   - forecasts: Settled forecasts, newest first.
    ///   - seed: Where the bootstrap's draws come from; equal seeds give equal intervals.
    public init?(_ window: ScoreWindow, of forecasts: [SettledForecast], seed: UInt64 = 0) {
        guard !forecasts.isEmpty else { return nil }
        let chosen = window.forecasts(of: forecasts)
        guard !chosen.isEmpty else { return nil }
        var bootstrap = JointBootstrap()
        for forecast in chosen { bootstrap.add(WindowScores.values(forecast), on: forecast.day) }
        let estimates = bootstrap.estimates(seed: seed)
        func three(_ place: Int) -> (Estimate, Estimate, Estimate)? {
            guard let first = estimates[place], let second = estimates[place + 1], let third = estimates[place + 2]
            else { return nil }
            return (first, second, third)
        }
        var cards: [Forecaster: Scorecard] = [:]
        for (place, forecaster) in Forecaster.allCases.enumerated() {
            let pairs = chosen.compactMap { forecast in forecast[forecaster].map { ($0, forecast.outcome) } }
            let hits = pairs.count { Score.hit($0.0, $0.1) }
            guard let (logLoss, rankedProbability, brier) = three(3 * place) else { continue }
            cards[forecaster] = Scorecard(
                matches: pairs.count,
                accuracy: Estimate(
                    Double(hits) / Double(pairs.count), Interval(successes: hits, of: pairs.count)),
                logLoss: logLoss, rankedProbability: rankedProbability, brier: brier,
                reliability: Reliability(pairs), outcomes: Outcome.allCases.map { OutcomeScores($0, pairs) })
        }
        self.window = window
        self.cards = cards
        difference = three(3 * Forecaster.allCases.count).map {
            MarketDifference(
                matches: chosen.count { $0.market != nil }, logLoss: $0.0, rankedProbability: $0.1, brier: $0.2)
        }
    }

    /// Every forecaster's losses, and then the model's less the market's.
    private static func values(_ forecast: SettledForecast) -> [Double?] {
        let each = Forecaster.allCases.flatMap { forecaster in
            measures.map { measure in forecast[forecaster].map { measure($0, forecast.outcome) } }
        }
        let differences = measures.map { measure in
            forecast.market.map { measure(forecast.model, forecast.outcome) - measure($0, forecast.outcome) }
        }
        return each + differences
    }
}
