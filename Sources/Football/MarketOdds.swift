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
    /// How far a bookmaker's probability of an outcome may be from the average's; Pinnacle's never was by half of it.
    static let plausibleDistance = 0.05

    /// What ``consensus`` is called where a model says what it starts from: how the margin is removed, and whose
    /// opinions are put together.
    public static let consensusName = "average and pinnacle, else bet365, by \(removal.rawValue)"
    private static let removal = MarginRemoval.power

    /// What the market as a whole thinks, or nil if nobody's odds can be meant.
    ///
    /// The geometric mean of what the average across bookmakers and Pinnacle's odds imply by ``MarginRemoval/power``,
    /// made to sum to 1. Odds that are not ``Odds/isSane`` are left out, and so are Pinnacle's where they are so far from
    /// the average's that they must be old or wrong. Whoever is missing is left out; where both are, Bet365's stand in.
    /// Closing odds are never among them.
    public var consensus: OutcomeProbabilities? {
        guard let average = opinion(of: .average) else { return opinion(of: .pinnacle) ?? opinion(of: .bet365) }
        guard let pinnacle = opinion(of: .pinnacle), Fixture.areNear(pinnacle, average) else { return average }
        return OutcomeProbabilities(
            normalising: zip(pinnacle.values, average.values).map { ($0 * $1).squareRoot() })
    }

    /// What the market came to think by kick-off, or nil if nobody's closing odds can be meant.
    ///
    /// Pinnacle's, unless they are too far from the average's; else the average's, else Bet365's. They are published
    /// with the result, so that only models may learn from them: no forecast of this match can know them.
    public var closingOpinion: OutcomeProbabilities? {
        let average = opinion(of: .average, closing: true)
        guard let pinnacle = opinion(of: .pinnacle, closing: true),
            average.map({ Fixture.areNear(pinnacle, $0) }) ?? true
        else { return average ?? opinion(of: .bet365, closing: true) }
        return pinnacle
    }

    private static func areNear(_ one: OutcomeProbabilities, _ other: OutcomeProbabilities) -> Bool {
        zip(one.values, other.values).allSatisfy { abs($0 - $1) <= plausibleDistance }
    }

    private func opinion(of bookmaker: Bookmaker, closing: Bool = false) -> OutcomeProbabilities? {
        guard let odds = odds[Quote(bookmaker, closing: closing)], odds.isSane else { return nil }
        return odds.probabilities(Fixture.removal)
    }
}

extension Odds {
    /// Whether each is above 1.01 and the overround lies between 0 and 0.12, as bookmakers' do.
    public var isSane: Bool { min(home, draw, away) > 1.01 && (0...0.12).contains(overround) }
}
