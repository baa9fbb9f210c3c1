import Glibc

/// Tail probabilities of the distributions that tests' statistics follow.
public enum Distributions {
    /// The probability that a chi-squared variable exceeds `x`.
    public static func chiSquaredSurvival(_ x: Double, degreesOfFreedom: Double) -> Double {
        guard x > 0 else { return 1 }
        return IncompleteGamma.upper(degreesOfFreedom / 2, x / 2)
    }

    /// The value that a chi-squared variable exceeds with probability `tail`, above 0 and below 1.
    public static func chiSquaredQuantile(tail: Double, degreesOfFreedom: Double) -> Double {
        var (low, high) = (0.0, max(1, degreesOfFreedom))
        while chiSquaredSurvival(high, degreesOfFreedom: degreesOfFreedom) > tail { (low, high) = (high, high * 2) }
        return crossing(from: low, to: high) { chiSquaredSurvival($0, degreesOfFreedom: degreesOfFreedom) - tail }
    }

    /// The probability that a standard normal variable exceeds `x`.
    public static func normalSurvival(_ x: Double) -> Double { erfc(x / 2.0.squareRoot()) / 2 }

    /// The value that a standard normal variable exceeds with probability `tail`, above 0 and up to a half.
    public static func normalQuantile(tail: Double) -> Double {
        crossing(from: 0, to: 40) { normalSurvival($0) - tail }
    }

    /// The probability that a variable of Student's distribution exceeds `t`.
    public static func studentSurvival(_ t: Double, degreesOfFreedom: Double) -> Double {
        let tail = IncompleteBeta.lower(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t)) / 2
        return t >= 0 ? tail : 1 - tail
    }

    /// Where a falling function crosses 0, to the last bits: by the secant where it helps, by halving where not.
    static func crossing(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        var (atLow, atHigh) = (function(low), function(high))
        for round in 0..<200 {
            guard high - low > 1e-15 * high else { break }
            let secant = low + (high - low) * atLow / (atLow - atHigh)
            let middle = round % 3 == 2 || !(secant > low && secant < high) ? (low + high) / 2 : secant
            let value = function(middle)
            if value == 0 { return middle }
            if value > 0 { (low, atLow) = (middle, value) } else { (high, atHigh) = (middle, value) }
        }
        return (low + high) / 2
    }
}
