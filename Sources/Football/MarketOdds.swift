import Glibc

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

extension Fixture {
    /// Whose opinions ``consensus`` puts together: those who could take a bet, and all of them on average.
    static let consulted = [Bookmaker.bet365, .average, .pinnacle].map { Quote($0) }

    /// What the market as a whole thinks, or nil if nobody's odds can be meant.
    ///
    /// The geometric mean of what each quote implies by ``MarginRemoval/power``, made to sum to 1, over those quotes of
    /// Bet365's, the mean across bookmakers and Pinnacle's that are there and ``Odds/isSane``. Whoever is missing is left
    /// out, so that one bookmaker's absence moves a forecast by no more than opinions differ. Closing odds are never
    /// among them.
    public var consensus: OutcomeProbabilities? {
        var product = (home: 1.0, draw: 1.0, away: 1.0)
        var opinions = 0
        for quote in Fixture.consulted {
            guard let odds = odds[quote], odds.isSane else { continue }
            let implied = odds.probabilities(.power)
            product = (product.home * implied.home, product.draw * implied.draw, product.away * implied.away)
            opinions += 1
        }
        guard opinions > 0 else { return nil }
        let root = 1 / Double(opinions)
        return OutcomeProbabilities(
            normalising: [pow(product.home, root), pow(product.draw, root), pow(product.away, root)])
    }
}

extension Odds {
    /// Whether each is above 1.01 and the overround lies between 0 and 0.12, as bookmakers' do.
    public var isSane: Bool { min(home, draw, away) > 1.01 && (0...0.12).contains(overround) }
}
