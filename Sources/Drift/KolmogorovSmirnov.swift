import Glibc

/// The two-sided two-sample Kolmogorov-Smirnov test: the largest distance between two distribution functions.
public enum KolmogorovSmirnov {
    /// The largest sample for which the p-value is exact.
    public static let exactLimit = 10_000

    /// Tests whether two samples come from one distribution.
    ///
    /// The p-value is exact while neither sample is larger than ``exactLimit``, and the limiting distribution's above.
    /// It is exact for continuous distributions; ties within the pooled sample make it too large, never too small. An
    /// exact p-value takes time in proportion to the product of the sizes and the statistic.
    ///
    /// - Parameters:
    ///   - reference: The values to compare with, in any order.
    ///   - current: The values to judge, in any order.
    /// - Returns: The statistic, 0 to 1, its p-value and both sizes.
    /// - Throws: ``DriftError`` for an empty sample or a NaN.
    public static func test(reference: [Double], current: [Double]) throws(DriftError) -> TwoSampleResult {
        test(
            reference: try SortedSample(reference, name: "reference"),
            current: try SortedSample(current, name: "current"))
    }

    /// Tests whether two sorted samples come from one distribution.
    public static func test(reference: SortedSample, current: SortedSample) -> TwoSampleResult {
        result(DistributionGaps(reference, current), reference.count, current.count)
    }

    static func result(_ gaps: DistributionGaps, _ m: Int, _ n: Int) -> TwoSampleResult {
        let statistic = Double(gaps.largest) / (Double(m) * Double(n))
        let pValue =
            max(m, n) <= exactLimit
            ? LatticePaths.shareLeaving(band: gaps.largest, m, n) : asymptoticPValue(statistic: statistic, m, n)
        return TwoSampleResult(statistic: statistic, pValue: pValue, referenceCount: m, currentCount: n)
    }

    /// The p-value of a statistic by the limiting distribution, for sample sizes `m` and `n`.
    ///
    /// Source: Smirnov, "Table for estimating the goodness of fit of empirical distributions", 1948.
    public static func asymptoticPValue(statistic: Double, _ m: Int, _ n: Int) -> Double {
        survival(statistic * (Double(m) * Double(n) / Double(m + n)).squareRoot())
    }

    /// The statistic that the limiting distribution exceeds with probability `significance`.
    public static func asymptoticThreshold(_ m: Int, _ n: Int, significance: Double) -> Double {
        let root = Distributions.crossing(from: 0, to: 40) { survival($0) - significance }
        return min(1, root / (Double(m) * Double(n) / Double(m + n)).squareRoot())
    }

    /// The probability that the limiting Kolmogorov distribution exceeds `x`.
    ///
    /// The series in exp(-2 k^2 x^2) converges fast for large `x`, its theta transform for small ones.
    public static func survival(_ x: Double) -> Double {
        guard x > 0 else { return 1 }
        if x < 1 {
            let exponent = -Double.pi * Double.pi / (8 * x * x)
            let sum = stride(from: 1.0, through: 15, by: 2).reduce(0) { $0 + exp($1 * $1 * exponent) }
            return 1 - (2 * Double.pi).squareRoot() / x * sum
        }
        let sum = (1...10).reversed().reduce(0.0) { sum, k in
            let term = exp(-2 * Double(k * k) * x * x)
            return k % 2 == 1 ? sum + term : sum - term
        }
        return min(1, 2 * sum)
    }
}
