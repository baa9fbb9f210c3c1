/// What a histogram has seen: how many observations fell into each bucket, and their sum.
public struct HistogramValue: Sendable, Hashable {
    /// Observations per bucket, not cumulative; one for each bound, then one for those above the last bound.
    public private(set) var counts: [UInt64]
    /// The sum of all observations.
    public private(set) var sum: Double

    /// Makes a value from observations that were counted elsewhere.
    ///
    /// - Parameters:
    ///   - counts: Observations per bucket, not cumulative; one more than there are bounds.
    ///   - sum: The sum of all observations.
    public init(counts: [UInt64], sum: Double) {
        self.counts = counts
        self.sum = sum
    }

    /// Makes a value without observations for this many bounds.
    init(bounds: Int) {
        self.init(counts: Array(repeating: 0, count: bounds + 1), sum: 0)
    }

    /// The number of observations.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// Counts one observation; a value that equals a bound falls below it.
    mutating func observe(_ value: Double, bounds: [Double]) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        guard counts.indices.contains(bucket) else { return }
        counts[bucket] &+= 1
        sum += value
    }
}
