import Glibc

/// A way in which probabilities could be wrong, which a stream of outcomes is tested against.
public enum CalibrationAlternative: Sendable, Hashable {
    /// The true probabilities are a power of the given ones: below 1 they are less sure, above 1 more.
    case sharpened(Double)
    /// One outcome's probability is multiplied by e to this power.
    case tilted(outcome: Int, by: Double)
    /// The true probabilities lie half-way between the given ones and fixed ones.
    case mixed(with: [Double])

    /// What goes wrong with forecasts of a match: too sure or not sure enough, one outcome off, or not informed.
    public static let league: [CalibrationAlternative] =
        [.sharpened(0.5), .sharpened(0.75), .sharpened(1.4)]
        + (0..<3).flatMap { [.tilted(outcome: $0, by: 0.3), .tilted(outcome: $0, by: -0.3)] }
        + [.mixed(with: [0.445, 0.245, 0.31])]

    /// The logarithm of this alternative's probability of what happened over the given one.
    public func logRatio(_ probabilities: [Double], outcome: Int) -> Double {
        switch self {
        case .sharpened(let power):
            let sum = probabilities.reduce(0) { $0 + pow($1, power) }
            return (power - 1) * log(probabilities[outcome]) - log(sum)
        case .tilted(let tilted, let tilt):
            return (tilted == outcome ? tilt : 0) - log1p(probabilities[tilted] * expm1(tilt))
        case .mixed(let other):
            let total = probabilities.reduce(0, +) + other.reduce(0, +)
            return log((probabilities[outcome] + other[outcome]) / total / probabilities[outcome])
        }
    }
}

/// How unexpected an outcome was to the probabilities themselves.
public enum StandardisedLoss {
    /// The logarithmic loss less its expectation, in its own standard deviations; the variance counts as at least 1e-4.
    ///
    /// If the probabilities are right, its mean is 0 and its variance 1.
    public static func value(_ probabilities: [Double], outcome: Int) -> Double {
        var (mean, square) = (0.0, 0.0)
        for p in probabilities where p > 0 {
            let loss = -log(p)
            mean += p * loss
            square += p * loss * loss
        }
        let variance = max(square - mean * mean, 1e-4)
        return (-log(probabilities[outcome]) - mean) / variance.squareRoot()
    }
}
