/// What a two-sample test found.
public struct TwoSampleResult: Sendable, Hashable {
    /// The test's statistic, in the test's own unit.
    public let statistic: Double
    /// Probability of a statistic at least as large if both samples come from one distribution, 0 to 1.
    public let pValue: Double
    /// Size of the reference sample.
    public let referenceCount: Int
    /// Size of the current sample.
    public let currentCount: Int

    /// Makes a result.
    public init(statistic: Double, pValue: Double, referenceCount: Int, currentCount: Int) {
        self.statistic = statistic
        self.pValue = pValue
        self.referenceCount = referenceCount
        self.currentCount = currentCount
    }
}
