import Glibc

/// How good a forecast of one match was.
public enum Score {
    /// The ranked probability score for the ordered outcomes home, draw, away: 0 to 1, lower is better.
    ///
    /// Half the sum over the first two cumulative probabilities of `(P - Y)^2`.
    ///
    /// Source: E. S. Epstein, Journal of Applied Meteorology 8 (1969).
    public static func rankedProbability(_ forecast: OutcomeProbabilities, _ outcome: Outcome) -> Double {
        let first = forecast.home - (outcome == .home ? 1 : 0)
        let second = forecast.home + forecast.draw - (outcome == .away ? 0 : 1)
        return (first * first + second * second) / 2
    }

    /// The negative natural logarithm of the probability given to what happened: lower is better.
    ///
    /// A probability below 1e-15 counts as that, so that one impossible result costs 34.5 and not infinity.
    public static func logLoss(_ forecast: OutcomeProbabilities, _ outcome: Outcome) -> Double {
        -log(max(forecast[outcome], 1e-15))
    }

    /// The Brier score over three classes: 0 to 2, lower is better.
    ///
    /// Source: G. W. Brier, Monthly Weather Review 78 (1950).
    public static func brier(_ forecast: OutcomeProbabilities, _ outcome: Outcome) -> Double {
        Outcome.allCases.reduce(0) { sum, candidate in
            let error = forecast[candidate] - (candidate == outcome ? 1 : 0)
            return sum + error * error
        }
    }

    /// Whether the most probable outcome happened; of equals the first in the order home, draw, away counts.
    public static func hit(_ forecast: OutcomeProbabilities, _ outcome: Outcome) -> Bool {
        let favourite = Outcome.allCases.reduce(Outcome.home) { best, candidate in
            forecast[candidate] > forecast[best] ? candidate : best
        }
        return favourite == outcome
    }
}
