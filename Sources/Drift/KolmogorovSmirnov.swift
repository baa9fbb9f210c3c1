import Glibc

/// The two-sided two-sample Kolmogorov-Smirnov test: the largest distance between two distribution functions.
public enum KolmogorovSmirnov {
    /// The largest sample for which the p-value is exact.
    public static let exactLimit = 10_000

    /// Tests whether two samples come from one distribution.
    ///
    /// The p-value is exact while neither sample is larger than ``exactLimit``, and the limiting distribution's above.
    /// It is exact for continuous distributions; ties within the pooled sample make it too large, never too small. An
    /// exact p-value takes time in proportion to the product of the sizes.
    ///
    /// - Parameters:
    ///   - reference: The values to compare with, in any order.
    ///   - current: The values to judge, in any order.
    /// - Returns: The statistic, 0 to 1, its p-value and both sizes.
    /// - Throws: ``DriftError`` for an empty sample or a NaN.
    public static func test(reference: [Double], current: [Double]) throws(DriftError) -> TwoSampleResult {
        try check(reference, name: "reference")
        try check(current, name: "current")
        let distance = distance(reference.sorted(), current.sorted())
        let (m, n) = (reference.count, current.count)
        let pValue =
            max(m, n) <= exactLimit
            ? exactPValue(distance: distance, m, n)
            : asymptoticPValue(statistic: Double(distance) / (Double(m) * Double(n)), m, n)
        return TwoSampleResult(
            statistic: Double(distance) / (Double(m) * Double(n)), pValue: pValue, referenceCount: m, currentCount: n)
    }

    /// The p-value of a statistic by the limiting distribution, for sample sizes `m` and `n`.
    ///
    /// Source: Smirnov, "Table for estimating the goodness of fit of empirical distributions", 1948.
    public static func asymptoticPValue(statistic: Double, _ m: Int, _ n: Int) -> Double {
        survival(statistic * (Double(m) * Double(n) / Double(m + n)).squareRoot())
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

    /// The largest distance of the distribution functions of two sorted samples, times both sizes: a whole number, so
    /// that no rounding can tell equal distances apart.
    private static func distance(_ a: [Double], _ b: [Double]) -> Int {
        var (i, j, largest) = (0, 0, 0)
        while i < a.count, j < b.count {
            let value = min(a[i], b[j])
            while i < a.count, a[i] == value { i += 1 }
            while j < b.count, b[j] == value { j += 1 }
            largest = max(largest, abs(i * b.count - j * a.count))
        }
        return largest
    }

    /// The share of all interleavings of `m` and `n` values whose distribution functions are `distance` / (m n) or more
    /// apart somewhere.
    ///
    /// A path to (i, j) comes from (i - 1, j) with probability i / (i + j); summing the paths that have left the band,
    /// rather than those that stay inside, keeps small p-values exact. Source: Viehmann, "Numerically more stable
    /// computation of the p-values for the two-sample Kolmogorov-Smirnov test", arXiv:2102.08037.
    private static func exactPValue(distance: Int, _ m: Int, _ n: Int) -> Double {
        guard distance > 0 else { return 1 }
        var outside = [Double](repeating: 0, count: n + 1)
        for i in 0...m {
            for j in 0...n {
                if abs(i * n - j * m) >= distance {
                    outside[j] = 1
                } else if j == 0 {
                    outside[j] = i == 0 ? 0 : outside[j]
                } else if i == 0 {
                    outside[j] = outside[j - 1]
                } else {
                    let share = Double(i) / Double(i + j)
                    outside[j] = share * outside[j] + (1 - share) * outside[j - 1]
                }
            }
        }
        return min(1, outside[n])
    }

    private static func check(_ sample: [Double], name: String) throws(DriftError) {
        if sample.isEmpty { throw .emptySample(name: name) }
        if let index = sample.firstIndex(where: \.isNaN) { throw .notANumber(sample: name, index: index) }
    }
}
