import Glibc

/// The probabilities of scores up to 10 goals a side, by independent Poisson counts and a correction of the low ones.
///
/// Source: M. Dixon and S. Coles, Journal of the Royal Statistical Society C 46 (1997).
public enum ScoreGrid {
    /// The probabilities of the three outcomes.
    ///
    /// - Parameters:
    ///   - home: Expected goals of the home team, above 0.
    ///   - away: Expected goals of the away team, above 0.
    ///   - correlation: Dixon and Coles' rho, about -0.2 to 0.1; below 0, low draws are likelier than by chance.
    /// - Returns: The outcomes' shares of the scores up to 10 : 10.
    public static func probabilities(home: Double, away: Double, correlation: Double) -> OutcomeProbabilities {
        let homeGoals = poisson(home)
        let awayGoals = poisson(away)
        var sums = [0.0, 0.0, 0.0]
        for scored in 0...10 {
            for conceded in 0...10 {
                let weight = correction(scored, conceded, home, away, correlation)
                let outcome: Outcome = scored == conceded ? .draw : scored > conceded ? .home : .away
                sums[outcome.rawValue] += max(0, homeGoals[scored] * awayGoals[conceded] * weight)
            }
        }
        return OutcomeProbabilities(normalising: sums)
    }

    /// Dixon and Coles' factor of a score; 1 but for the four lowest.
    static func correction(_ scored: Int, _ conceded: Int, _ home: Double, _ away: Double, _ rho: Double) -> Double {
        switch (scored, conceded) {
        case (0, 0): 1 - home * away * rho
        case (0, 1): 1 + home * rho
        case (1, 0): 1 + away * rho
        case (1, 1): 1 - rho
        default: 1
        }
    }

    private static func poisson(_ mean: Double) -> [Double] {
        var probability = exp(-mean)
        return (0...10).map { count in
            if count > 0 { probability *= mean / Double(count) }
            return probability
        }
    }
}
