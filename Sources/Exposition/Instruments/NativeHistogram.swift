/// Counts observations into exponential buckets, as many as are needed and no more than allowed.
///
/// Scrapers that know no native histograms, and those who ask for text, get the classic buckets of the descriptor.
public final class NativeHistogram: Instrument {
    /// The zero bucket's width unless another is given: 2^-128, as in Prometheus' own client libraries.
    public static let defaultZeroThreshold = 0x1p-128

    /// What is observed.
    public let descriptor: Descriptor
    private let table: SeriesTable<Child>

    /// Makes a native histogram.
    ///
    /// - Parameters:
    ///   - descriptor: What is observed.
    ///   - schema: The resolution to begin with, -4 to 8; others are taken as the nearest of these. At 3 a bucket is at
    ///     most 9 % wide.
    ///   - zeroThreshold: Values of at most this magnitude are counted as 0.
    ///   - maximumBuckets: How many buckets a series may fill; above, its resolution is halved.
    ///   - seed: Label values, a combination an element, that start empty; one without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    ///   - now: Tells the Unix time in seconds, to expose when each series began; nil to expose no such thing.
    public init(
        _ descriptor: Descriptor, schema: Int = 3, zeroThreshold: Double = defaultZeroThreshold,
        maximumBuckets: Int = 160, seed: [[String]] = [], maximumSeries: Int = 2000,
        now: (@Sendable () -> Double)? = nil
    ) {
        self.descriptor = descriptor
        let bounds = descriptor.buckets
        let schema = min(max(schema, NativeBuckets.schemas.lowerBound), NativeBuckets.schemas.upperBound)
        let threshold = zeroThreshold >= 0 && zeroThreshold.isFinite ? zeroThreshold : Self.defaultZeroThreshold
        let empty = NativeHistogramValue(schema: schema, zeroThreshold: threshold, bounds: bounds.count)
        table = SeriesTable(descriptor, maximum: maximumSeries, now: now) { refusals, _ in
            Child(empty, bounds: bounds, maximum: maximumBuckets, refusals)
        }
        for labels in descriptor.labels.isEmpty ? [[]] : seed where labels.count == descriptor.labels.count {
            _ = table.child(labels)
        }
    }

    /// The series under these label values, to be kept by who observes often.
    ///
    /// - Parameter labels: One value for each of the descriptor's labels, in their order.
    /// - Returns: A series that is empty if it is new; one that refuses every update if it would be one too many.
    public func labels(_ labels: String...) -> Child {
        table.child(labels)
    }

    /// Counts one observation; a value that is not finite is ignored, because it would spoil the sum for good.
    ///
    /// - Parameters:
    ///   - value: The observation in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - exemplar: The event that was observed; it replaces the one before in its classic bucket.
    public func observe(_ value: Double, _ labels: [String] = [], exemplar: Exemplar? = nil) {
        table.child(labels).observe(value, exemplar: exemplar)
    }

    /// The state of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> NativeHistogramValue? {
        table.existing(labels)?.value
    }

    /// The current series, sorted by label values.
    public var family: Family {
        guard case .nativeHistogram = descriptor.kind else { return Family(descriptor) }
        let arranged = table.arranged()
        var cells: [UInt64] = []
        var natives: [NativeHistogramValue] = []
        var exemplars: [Int: [Int: Exemplar]] = [:]
        for (row, child) in arranged.children.enumerated() {
            let (value, latest) = child.state
            cells.append(value.classic)
            natives.append(value)
            if !latest.isEmpty { exemplars[row] = latest }
        }
        return Family(
            ArrangedSeries(layout: arranged.layout, cells: cells, natives: natives, exemplars: exemplars),
            refused: table.refusals.count)
    }
}

extension NativeHistogram {
    /// One series of a native histogram.
    public final class Child: Sendable {
        private let bounds: [Double]
        private let maximum: Int
        private let refusals: Refusals?
        private let current: Guarded<(value: NativeHistogramValue, exemplars: [Int: Exemplar])>

        init(_ empty: NativeHistogramValue, bounds: [Double], maximum: Int, _ refusals: Refusals?) {
            self.bounds = bounds
            self.maximum = maximum
            self.refusals = refusals
            current = Guarded((empty, [:]))
        }

        /// The observations so far, consistent in themselves.
        public var value: NativeHistogramValue { state.value }

        var state: (value: NativeHistogramValue, exemplars: [Int: Exemplar]) { current.withLock { $0 } }

        /// Counts one observation; a value that is not finite is ignored.
        public func observe(_ value: Double, exemplar: Exemplar? = nil) {
            guard value.isFinite else { return }
            if let refusals { return refusals.add() }
            current.withLock { current in
                current.value.observe(value, bounds: bounds, maximum: maximum)
                guard var exemplar else { return }
                exemplar.value = value
                current.exemplars[HistogramValue.bucket(of: value, in: bounds)] = exemplar
            }
        }
    }
}
