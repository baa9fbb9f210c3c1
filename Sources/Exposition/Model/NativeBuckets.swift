/// The arithmetic of exponential buckets.
enum NativeBuckets {
    /// The resolutions that Prometheus knows.
    static let schemas = -4...8

    /// Bounds of the buckets between 0.5 and 1 at the finest schema, 256 of them from 0.5 on.
    private static let bounds: [Double] = {
        // 2^(1/2), 2^(1/4) ... 2^(1/256): every bound is a product of some of them.
        var roots: [Double] = []
        var root = 2.0
        for _ in 0..<schemas.upperBound {
            root = root.squareRoot()
            roots.append(root)
        }
        return (0..<1 << schemas.upperBound).map { index in
            roots.indices.reduce(0.5) { bound, level in
                index >> (roots.count - 1 - level) & 1 == 1 ? bound * roots[level] : bound
            }
        }
    }()

    /// The bucket of a magnitude: the smallest `i` with `magnitude <= 2^(i / 2^schema)`.
    ///
    /// Source: Prometheus' Go client, `histogram.observe`.
    static func index(of magnitude: Double, schema: Int) -> Int {
        // magnitude = fraction * 2^exponent with 0.5 <= fraction < 1.
        let fraction = magnitude.significand / 2
        let exponent = Int(magnitude.exponent) + 1
        guard schema > 0 else {
            let index = fraction == 0.5 ? exponent - 1 : exponent
            return (index + (1 << -schema) - 1) >> -schema
        }
        let step = 1 << (schemas.upperBound - schema)
        var low = 0
        var high = 1 << schema
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle * step] < fraction { low = middle + 1 } else { high = middle }
        }
        return low + (exponent - 1) << schema
    }

    /// The buckets at the next coarser schema: each holds two neighbours.
    static func merged(_ buckets: NativeHistogramValue.Buckets) -> NativeHistogramValue.Buckets {
        var merged: NativeHistogramValue.Buckets = [:]
        for (index, count) in buckets { merged[(index + 1) >> 1, default: 0] &+= count }
        return merged
    }
}
