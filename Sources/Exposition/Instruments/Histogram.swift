/// Counts observations into buckets.
public final class Histogram: Instrument {
    /// What is observed; its kind holds the bucket bounds.
    public let descriptor: Descriptor
    private let table: SeriesTable<Child>
    private let sole: Child?
    private let hasExemplars: Flag

    /// Makes a histogram.
    ///
    /// - Parameters:
    ///   - descriptor: What is observed.
    ///   - seed: Label values, a combination an element, that start empty; one without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    ///   - now: Tells the Unix time in seconds, to expose when each series began; nil to expose no such thing.
    public init(
        _ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000, now: (@Sendable () -> Double)? = nil
    ) {
        self.descriptor = descriptor
        let bounds = descriptor.buckets
        let flag = Flag()
        hasExemplars = flag
        table = SeriesTable(descriptor, maximum: maximumSeries, now: now) { Child(bounds, $0, $1, flag) }
        sole = descriptor.labels.isEmpty ? table.child([]) : nil
        for labels in seed where labels.count == descriptor.labels.count { _ = table.child(labels) }
    }

    /// The series under these label values, to be kept by who observes often.
    ///
    /// - Parameter labels: One value for each of the descriptor's labels, in their order.
    /// - Returns: A series that is empty if it is new; one that refuses every update if it would be one too many.
    public func labels(_ labels: String...) -> Child {
        table.child(labels)
    }

    /// The series under these label values, as ``labels(_:)`` returns it.
    public func series(_ labels: [String]) -> Child {
        table.child(labels)
    }

    /// Counts one observation; a value that is not finite is ignored, because it would spoil the sum for good.
    ///
    /// - Parameters:
    ///   - value: The observation in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - exemplar: The event that was observed; it replaces the one before in its bucket.
    public func observe(_ value: Double, _ labels: [String] = [], exemplar: Exemplar? = nil) {
        let child = labels.isEmpty ? sole ?? table.child([]) : table.child(labels)
        child.observe(value, exemplar: exemplar)
    }

    /// Forgets one series; who has kept it observes on, unseen.
    public func remove(_ labels: [String]) {
        if sole == nil { _ = table.remove(labels) }
    }

    /// The state of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> HistogramValue? {
        table.existing(labels)?.value
    }

    /// The current series, sorted by label values.
    public var family: Family {
        guard case .histogram = descriptor.kind else { return Family(descriptor) }
        let arranged = table.arranged()
        guard hasExemplars.isRaised else {
            let series = table.series(arranged) { child, cells in _ = child.read(into: cells) }
            return Family(series, refused: table.refusals.count)
        }
        // Counts and exemplars as of the same instant.
        var exemplars: [Int: [Int: Exemplar]] = [:]
        let stride = arranged.layout.stride
        let size = arranged.children.count * stride
        let cells = [UInt64](unsafeUninitializedCapacity: size) { cells, count in
            cells.initialize(repeating: 0)
            count = size
            guard let start = cells.baseAddress else { return }
            for (row, child) in arranged.children.enumerated() {
                if let latest = child.read(into: start + row * stride) { exemplars[row] = latest }
            }
        }
        return Family(
            ArrangedSeries(layout: arranged.layout, cells: cells, exemplars: exemplars), refused: table.refusals.count)
    }
}

extension Histogram {
    /// One series of a histogram.
    public final class Child: Sendable {
        private struct State: Sendable {
            var value: HistogramValue
            var exemplars: [Int: Exemplar] = [:]
        }

        private let bounds: [Double]
        private let hasExemplars: Flag
        private let mark: ChangeMark.Share
        private let refusals: Refusals?
        private let state: Guarded<State>

        init(_ bounds: [Double], _ refusals: Refusals?, _ mark: ChangeMark.Share, _ hasExemplars: Flag) {
            self.bounds = bounds
            self.refusals = refusals
            self.mark = mark
            self.hasExemplars = hasExemplars
            state = Guarded(State(value: HistogramValue(bounds: bounds.count)))
        }

        /// The observations so far, consistent in themselves.
        public var value: HistogramValue { state.withLock { $0.value } }

        /// Counts one observation without allocation; a value that is not finite is ignored.
        public func observe(_ value: Double) {
            guard value.isFinite else { return }
            if let refusals { return refusals.add() }
            let bucket = HistogramValue.bucket(of: value, in: bounds)
            state.withLock { $0.value.count(value, in: bucket) }
            mark.raise()
        }

        /// Counts one observation, and keeps the event in place of the one before in its bucket.
        public func observe(_ value: Double, exemplar: Exemplar?) {
            guard var exemplar, refusals == nil, value.isFinite else { return observe(value) }
            exemplar.value = value
            let bucket = HistogramValue.bucket(of: value, in: bounds)
            state.withLock { state in
                state.value.count(value, in: bucket)
                state.exemplars[bucket] = exemplar
            }
            hasExemplars.raise()
            mark.raise()
        }

        /// Reads the counts and the sum as of one instant; returns the exemplars, nil if there are none.
        @inline(__always)
        func read(into cells: UnsafeMutablePointer<UInt64>) -> [Int: Exemplar]? {
            // Copied under the lock: whoever shared the counts instead would make the next observation allocate.
            state.withLock { state in
                state.value.read(into: cells)
                return state.exemplars.isEmpty ? nil : state.exemplars
            }
        }
    }
}
