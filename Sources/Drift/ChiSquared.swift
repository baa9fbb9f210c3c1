/// Pearson's chi-squared tests on counts by bin or category.
public enum ChiSquared {
    /// Tests whether two samples' counts come from one distribution; one bin alone has a p-value of 1.
    ///
    /// The statistic of a table of two rows, without Yates' correction; `bins - 1` degrees of freedom.
    public static func homogeneity(_ counts: BinCounts) -> TwoSampleResult {
        let (m, n) = counts.sizes
        var statistic = 0.0
        for (a, b) in zip(counts.reference, counts.current) where a + b > 0 {
            // Both rows' terms of a column together.
            let gap = Double(a) * Double(n) - Double(b) * Double(m)
            statistic += gap * gap / (Double(a + b) * Double(m) * Double(n))
        }
        return result(statistic, counts, m, n)
    }

    /// Tests whether the current counts could be drawn from the reference's shares, which are taken as known.
    ///
    /// A category that the reference lacks makes the statistic infinite: by this definition it cannot happen.
    public static func fit(_ counts: BinCounts) -> TwoSampleResult {
        let (m, n) = counts.sizes
        let scale = Double(n) / Double(m)
        var statistic = 0.0
        for (a, b) in zip(counts.reference, counts.current) {
            let expected = Double(a) * scale
            statistic += (Double(b) - expected) * (Double(b) - expected) / expected
        }
        return result(statistic, counts, m, n)
    }

    private static func result(_ statistic: Double, _ counts: BinCounts, _ m: Int, _ n: Int) -> TwoSampleResult {
        TwoSampleResult(
            statistic: statistic,
            pValue: counts.reference.count < 2
                ? 1
                : Distributions.chiSquaredSurvival(
                    statistic, degreesOfFreedom: Double(counts.reference.count - 1)),
            referenceCount: m, currentCount: n)
    }
}
