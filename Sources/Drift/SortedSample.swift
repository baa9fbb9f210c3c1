/// A sample in ascending order, which is what most comparisons of two samples walk along.
public struct SortedSample: Sendable, Hashable {
    /// The values in ascending order; at least one, none of them NaN.
    public let values: [Double]

    /// How many values there are.
    public var count: Int { values.count }

    /// Sorts a sample; takes time in proportion to its size unless its values lie very unevenly.
    ///
    /// - Parameters:
    ///   - sample: The values, in any order.
    ///   - name: What the sample is called in an error.
    /// - Throws: ``DriftError`` for an empty sample or a NaN.
    public init(_ sample: [Double], name: String) throws(DriftError) {
        guard let first = sample.first else { throw .emptySample(name: name) }
        var (low, high) = (first, first)
        var hasNaN = false
        for value in sample {
            low = value < low ? value : low
            high = value > high ? value : high
            hasNaN = hasNaN || value.isNaN
        }
        if hasNaN, let index = sample.firstIndex(where: \.isNaN) { throw .notANumber(sample: name, index: index) }
        let width = high - low
        guard sample.count > 32, width > 0, width.isFinite, (Double(sample.count) / width).isFinite else {
            values = sample.sorted()
            return
        }
        values = SortedSample.bucketed(sample, low, scale: Double(sample.count - 1) / width)
    }

    /// The quantile between order statistics, as numpy's `linear` method has it, for a share from 0 to 1.
    public func quantile(_ share: Double) -> Double {
        let place = share * Double(values.count - 1)
        let index = min(Int(place), values.count - 1)
        let (below, above) = (values[index], values[min(index + 1, values.count - 1)])
        let part = place - Double(index)
        // From the nearer end, as numpy does, so that equal inputs give equal edges.
        return part >= 0.5 ? above - (above - below) * (1 - part) : below + (above - below) * part
    }

    /// How many values are below `bound`, or at it where `including`.
    public func count(upTo bound: Double, including: Bool) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < bound || (including && values[middle] == bound) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The mean.
    public var mean: Double { values.reduce(0, +) / Double(values.count) }

    /// The standard deviation of the sample taken as the whole population.
    public var deviation: Double {
        let mean = mean
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    /// Deals values into as many buckets of equal width as there are values, then sorts within the buckets.
    private static func bucketed(_ sample: [Double], _ low: Double, scale: Double) -> [Double] {
        let count = sample.count
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: count + 1) { ends in
            ends.initialize(repeating: 0)
            for value in sample { ends[Int((value - low) * scale) + 1] += 1 }
            for bucket in 1...count { ends[bucket] += ends[bucket - 1] }
            return [Double](unsafeUninitializedCapacity: count) { sorted, initialized in
                for value in sample {
                    let bucket = Int((value - low) * scale)
                    sorted[Int(ends[bucket])] = value
                    ends[bucket] += 1
                }
                // Each bucket now ends where the next one began.
                var start = 0
                for place in 0..<count {
                    let end = Int(ends[place])
                    if end - start > 24 {
                        var bucket = UnsafeMutableBufferPointer(rebasing: sorted[start..<end])
                        bucket.sort()
                    } else if end - start > 1 {
                        insertionSort(sorted, start, end)
                    }
                    start = end
                }
                initialized = count
            }
        }
    }

    private static func insertionSort(_ values: UnsafeMutableBufferPointer<Double>, _ start: Int, _ end: Int) {
        for next in (start + 1)..<end {
            let value = values[next]
            var place = next
            while place > start, values[place - 1] > value {
                values[place] = values[place - 1]
                place -= 1
            }
            values[place] = value
        }
    }
}
