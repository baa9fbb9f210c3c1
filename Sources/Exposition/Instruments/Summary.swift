/// Counts observations and adds them up.
///
/// It knows no quantiles: those of one process cannot be aggregated, and a histogram serves better. Who has them from
/// elsewhere appends ``SummaryValue``s to a ``Family``.
public final class Summary: Instrument {
    /// What is observed.
    public let descriptor: Descriptor
    private let table: SeriesTable<Child>

    /// Makes a summary.
    ///
    /// - Parameters:
    ///   - descriptor: What is observed; its quantiles stay unknown.
    ///   - seed: Label values, a combination an element, that start empty; one without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    ///   - now: Tells the Unix time in seconds, to expose when each series began; nil to expose no such thing.
    public init(
        _ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000, now: (@Sendable () -> Double)? = nil
    ) {
        self.descriptor = descriptor
        table = SeriesTable(descriptor, maximum: maximumSeries, now: now) { refusals, _ in Child(refusals) }
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
    public func observe(_ value: Double, _ labels: [String] = []) {
        table.child(labels).observe(value)
    }

    /// The state of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> SummaryValue? {
        table.existing(labels)?.value
    }

    /// The current series, sorted by label values.
    public var family: Family {
        guard case .summary(let quantiles) = descriptor.kind else { return Family(descriptor) }
        let arranged = table.arranged()
        let unknown = Array(repeating: Double.nan.bitPattern, count: quantiles.count)
        let cells = arranged.children.flatMap { child in
            let value = child.value
            return [value.count, value.sum.bitPattern] + unknown
        }
        return Family(ArrangedSeries(layout: arranged.layout, cells: cells), refused: table.refusals.count)
    }
}

extension Summary {
    /// One series of a summary.
    public final class Child: Sendable {
        private let refusals: Refusals?
        private let state = Guarded<(count: UInt64, sum: Double)>((0, 0))

        init(_ refusals: Refusals?) {
            self.refusals = refusals
        }

        /// The observations so far, consistent in themselves.
        public var value: SummaryValue {
            let (count, sum) = state.withLock { $0 }
            return SummaryValue(count: count, sum: sum)
        }

        /// Counts one observation without allocation; a value that is not finite is ignored.
        public func observe(_ value: Double) {
            guard value.isFinite else { return }
            if let refusals { return refusals.add() }
            state.withLock { state in
                state.count &+= 1
                state.sum += value
            }
        }
    }
}
