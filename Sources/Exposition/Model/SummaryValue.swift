/// What a summary has seen: how many observations, their sum, and quantiles if someone computes them.
public struct SummaryValue: Sendable, Hashable {
    /// The number of observations.
    public let count: UInt64
    /// The sum of all observations.
    public let sum: Double
    /// One value for each of the descriptor's quantiles, in their order; NaN where there is none.
    public let quantiles: [Double]

    /// Makes a value from observations that were counted elsewhere.
    public init(count: UInt64, sum: Double, quantiles: [Double] = []) {
        self.count = count
        self.sum = sum
        self.quantiles = quantiles
    }
}
