/// What a native histogram has seen: observations in exponential buckets, and in classic ones beside them.
///
/// Bucket `i` of schema `s` holds values above `2^((i - 1) / 2^s)` up to `2^(i / 2^s)`; a negative bucket likewise, by
/// magnitude. Source: Prometheus, "Native histograms", data model.
public struct NativeHistogramValue: Sendable, Hashable {
    /// Buckets by index, with their counts; those without observations are left out.
    public typealias Buckets = [Int: UInt64]

    /// The resolution, -4 (each bucket 65536 times the one before) to 8 (1.0027 times).
    public internal(set) var schema: Int
    /// Values of at most this magnitude fall into the zero bucket.
    public internal(set) var zeroThreshold: Double
    /// Observations in the zero bucket.
    public internal(set) var zeroCount: UInt64
    /// Observations above the zero bucket.
    public internal(set) var positive: Buckets
    /// Observations below the zero bucket.
    public internal(set) var negative: Buckets
    /// The same observations in classic buckets, and their sum.
    public internal(set) var classic: HistogramValue

    /// Makes a value from observations that were counted elsewhere.
    ///
    /// - Parameters:
    ///   - schema: The resolution, -4 to 8.
    ///   - zeroThreshold: Values of at most this magnitude are in the zero bucket.
    ///   - zeroCount: Observations in the zero bucket.
    ///   - positive: Observations above it, by bucket.
    ///   - negative: Observations below it, by bucket.
    ///   - classic: The same observations in the descriptor's classic buckets; without bounds, a single count.
    public init(
        schema: Int, zeroThreshold: Double, zeroCount: UInt64, positive: Buckets, negative: Buckets = [:],
        classic: HistogramValue
    ) {
        self.schema = schema
        self.zeroThreshold = zeroThreshold
        self.zeroCount = zeroCount
        self.positive = positive
        self.negative = negative
        self.classic = classic
    }

    /// Makes a value without observations.
    init(schema: Int, zeroThreshold: Double, bounds: Int) {
        self.init(
            schema: schema, zeroThreshold: zeroThreshold, zeroCount: 0, positive: [:],
            classic: HistogramValue(bounds: bounds))
    }

    /// Whether the exponential and the classic buckets hold equally many observations, in a schema that exists.
    var isConsistent: Bool {
        guard NativeBuckets.schemas.contains(schema), zeroThreshold >= 0, zeroThreshold.isFinite else { return false }
        let counted = positive.values.reduce(zeroCount, &+) &+ negative.values.reduce(0, &+)
        return counted == classic.count
    }

    /// Counts one observation, then halves the resolution as long as there are more than `maximum` buckets.
    mutating func observe(_ value: Double, bounds: [Double], maximum: Int) {
        classic.observe(value, bounds: bounds)
        if value.magnitude <= zeroThreshold {
            zeroCount &+= 1
        } else {
            let index = NativeBuckets.index(of: value.magnitude, schema: schema)
            if value > 0 { positive[index, default: 0] &+= 1 } else { negative[index, default: 0] &+= 1 }
            while positive.count + negative.count > maximum, schema > NativeBuckets.schemas.lowerBound {
                halveResolution()
            }
        }
    }

    private mutating func halveResolution() {
        schema -= 1
        positive = NativeBuckets.merged(positive)
        negative = NativeBuckets.merged(negative)
    }
}
