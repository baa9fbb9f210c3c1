internal import Synchronization

/// Counts things that happen.
///
/// Every known combination of label values should be seeded: `increase()` of a counter that is born at 1 is 0.
public final class Counter: Instrument {
    /// What is counted.
    public let descriptor: Descriptor
    private let table: SeriesTable<Child>
    private let sole: Child?
    private let hasExemplars: Flag

    /// Makes a counter.
    ///
    /// - Parameters:
    ///   - descriptor: What is counted.
    ///   - seed: Label values, a combination an element, that start at 0; a counter without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    ///   - now: Tells the Unix time in seconds, to expose when each series began; nil to expose no such thing.
    public init(
        _ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000, now: (@Sendable () -> Double)? = nil
    ) {
        self.descriptor = descriptor
        let flag = Flag()
        hasExemplars = flag
        table = SeriesTable(descriptor, maximum: maximumSeries, now: now) { Child($0, $1, flag) }
        sole = descriptor.labels.isEmpty ? table.child([]) : nil
        for labels in seed where labels.count == descriptor.labels.count { _ = table.child(labels) }
    }

    /// The series under these label values, to be kept by who counts often.
    ///
    /// - Parameter labels: One value for each of the descriptor's labels, in their order.
    /// - Returns: A series that begins at 0 if it is new; one that refuses every update if it would be one too many.
    public func labels(_ labels: String...) -> Child {
        table.child(labels)
    }

    /// The series under these label values, as ``labels(_:)`` returns it.
    public func series(_ labels: [String]) -> Child {
        table.child(labels)
    }

    /// Adds to one series; an amount that is negative or not finite is ignored.
    ///
    /// - Parameters:
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - amount: How much, at least 0.
    ///   - exemplar: An event that is part of the amount; it replaces the one before.
    public func increment(_ labels: [String] = [], by amount: Double = 1, exemplar: Exemplar? = nil) {
        let child = labels.isEmpty ? sole ?? table.child([]) : table.child(labels)
        child.increment(by: amount, exemplar: exemplar)
    }

    /// Forgets one series; who has kept it counts on, unseen.
    public func remove(_ labels: [String]) {
        if sole == nil { _ = table.remove(labels) }
    }

    /// The total of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> Double? {
        table.existing(labels)?.value
    }

    /// The current series, sorted by label values.
    public var family: Family {
        let arranged = table.arranged()
        guard case .counter = descriptor.kind else {
            return Family(
                descriptor, zip(arranged.layout.labels, arranged.children.map { Optional($0.value) }),
                refused: table.refusals.count)
        }
        var series = table.series(arranged) { child, cell in cell.pointee = child.total.bitPattern }
        if hasExemplars.isRaised {
            var exemplars: [Int: [Int: Exemplar]] = [:]
            for (row, child) in arranged.children.enumerated() {
                if let exemplar = child.latest { exemplars[row] = [0: exemplar] }
            }
            series = ArrangedSeries(layout: series.layout, cells: series.cells, exemplars: exemplars)
        }
        return Family(series, refused: table.refusals.count)
    }
}

extension Counter {
    /// One series of a counter.
    public final class Child: Sendable {
        // Most counters count by ones: these are added to without the loop that an exchange of doubles needs.
        private let whole = Atomic<UInt64>(0)
        private let rest = AtomicDouble(bitPattern: 0)
        private let hasExemplars: Flag
        private let exemplar = Guarded<Exemplar?>(nil)
        private let mark: ChangeMark.Share
        private let refusals: Refusals?

        init(_ refusals: Refusals?, _ mark: ChangeMark.Share, _ hasExemplars: Flag) {
            self.refusals = refusals
            self.mark = mark
            self.hasExemplars = hasExemplars
        }

        /// The total.
        public var value: Double { total }

        @inline(__always)
        var total: Double {
            Double(whole.load(ordering: .sequentiallyConsistent)) + Double(bitPattern: rest.bitPattern)
        }

        /// Adds, without lock or allocation; an amount that is negative or not finite is ignored.
        @inline(__always)
        public func increment(by amount: Double = 1) {
            guard amount >= 0, amount.isFinite else { return }
            if let refusals { return refusals.add() }
            // So many of the largest could only overflow 64 bits after four thousand million additions.
            if amount < 0x1p32, amount == amount.rounded(.towardZero) {
                whole.wrappingAdd(UInt64(amount), ordering: .sequentiallyConsistent)
            } else {
                rest.update { (Double(bitPattern: $0) + amount).bitPattern }
            }
            mark.raise()
        }

        /// Adds, and keeps an event that is part of the amount in place of the one before.
        public func increment(by amount: Double, exemplar: Exemplar?) {
            increment(by: amount)
            guard var exemplar, refusals == nil, amount >= 0, amount.isFinite else { return }
            exemplar.value = amount
            self.exemplar.withLock { $0 = exemplar }
            hasExemplars.raise()
        }

        var latest: Exemplar? { exemplar.withLock { $0 } }
    }
}
