import Glibc

/// A way to take the bookmaker's margin out of odds.
public enum MarginRemoval: String, CaseIterable, Sendable {
    /// Divides the inverse odds `q` by their sum.
    case proportional
    /// Takes the same share of the margin from each inverse odds.
    case additive
    /// Raises the inverse odds to the power `k` for which they sum to 1.
    case power
    /// Assumes that the margin guards against a share `z` of informed bettors.
    ///
    /// Source: H. S. Shin, The Economic Journal 103 (1993); solved as by Jullien and Salanié (1994).
    case shin
}

extension Odds {
    /// What the odds imply once the bookmaker's margin is taken out.
    ///
    /// The additive way can leave an outsider no probability at all: it is held at 1e-6 and the rest made to sum to 1.
    public func probabilities(_ removal: MarginRemoval) -> OutcomeProbabilities {
        let inverse = [1 / home, 1 / draw, 1 / away]
        let total = 1 + overround
        switch removal {
        case .proportional: return impliedProbabilities
        case .additive: return OutcomeProbabilities(normalising: inverse.map { max(1e-6, $0 - overround / 3) })
        case .power:
            return powered
        case .shin:
            // With no margin, or a negative one, there is nothing to guard against.
            guard overround > 0 else { return impliedProbabilities }
            let share = { (z: Double, q: Double) in
                ((z * z + 4 * (1 - z) * q * q / total).squareRoot() - z) / (2 * (1 - z))
            }
            let informed = Odds.root(of: { z in inverse.reduce(-1) { $0 + share(z, $1) } }, from: 0, to: 0.999)
            return OutcomeProbabilities(normalising: inverse.map { share(informed, $0) })
        }
    }

    /// The inverse odds to the power for which they sum to 1.
    ///
    /// Their sum falls and is convex in the power, so that Newton's steps from a power that is too low never overshoot.
    private var powered: OutcomeProbabilities {
        let logarithms = (home: -log(home), draw: -log(draw), away: -log(away))
        var power = overround >= 0 ? 1.0 : 0.0
        var powers = logarithms
        for _ in 0..<60 {
            powers = (exp(power * logarithms.home), exp(power * logarithms.draw), exp(power * logarithms.away))
            let slope =
                powers.home * logarithms.home + powers.draw * logarithms.draw + powers.away * logarithms.away
            let step = (powers.home + powers.draw + powers.away - 1) / slope
            power -= step
            if abs(step) <= 1e-15 * power { break }
        }
        return OutcomeProbabilities(normalising: [powers.home, powers.draw, powers.away])
    }

    /// Where a falling function crosses 0, to the last bit that halving can find.
    private static func root(of function: (Double) -> Double, from low: Double, to high: Double) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if function(middle) > 0 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

extension OutcomeProbabilities {
    /// Makes probabilities of three positive weights, in the order of ``Outcome``, by dividing by their sum.
    public init(normalising weights: [Double]) {
        let total = weights[0] + weights[1] + weights[2]
        self.init(home: weights[0] / total, draw: weights[1] / total, away: weights[2] / total)
    }

    /// The three probabilities in the order of ``Outcome``.
    public var values: [Double] { [home, draw, away] }
}
