extension Odds {
    /// What the odds imply once the bookmaker's margin is taken out in proportion: `(1 / odds) / (1 + overround)`.
    public var impliedProbabilities: OutcomeProbabilities {
        let total = 1 + overround
        return OutcomeProbabilities(home: 1 / home / total, draw: 1 / draw / total, away: 1 / away / total)
    }
}

extension Fixture {
    /// The odds that a forecast may use, or nil if the feed had none.
    ///
    /// Bet365's, else the mean across bookmakers, else Pinnacle's, else the highest. Closing odds are never among them:
    /// they are published with the result.
    public var marketOdds: Odds? {
        [Bookmaker.bet365, .average, .pinnacle, .maximum].lazy.compactMap { odds[Quote($0)] }.first
    }
    /// ``marketOdds``, unless they cannot be meant: the first quote whose odds are ``Odds/isSane``.
    public var forecastOdds: Odds? {
        [Bookmaker.bet365, .average, .pinnacle, .maximum].lazy.compactMap { odds[Quote($0)] }.first(where: \.isSane)
    }
}

extension Odds {
    /// Whether each is above 1.01 and the overround lies between 0 and 0.12, as bookmakers' do.
    public var isSane: Bool { min(home, draw, away) > 1.01 && (0...0.12).contains(overround) }
}
