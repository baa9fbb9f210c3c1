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

    /// The bucket that a value falls into; one that equals a bound falls below it.
    static func bucket(of value: Double, in bounds: [Double]) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Counts one observation.
    mutating func observe(_ value: Double, bounds: [Double]) {
        count(value, in: Self.bucket(of: value, in: bounds))
    }

    /// Counts one observation that is known to fall into a bucket.
    @inline(__always)
    mutating func count(_ value: Double, in bucket: Int) {
        guard counts.indices.contains(bucket) else { return }
        counts[bucket] &+= 1
        sum += value
    }

    /// Copies the counts, and the sum's bits after them.
    @inline(__always)
    func read(into cells: UnsafeMutablePointer<UInt64>) {
        counts.withUnsafeBufferPointer { counts in
            guard let start = counts.baseAddress else { return }
            cells.update(from: start, count: counts.count)
            cells[counts.count] = sum.bitPattern
        }
    }
}
