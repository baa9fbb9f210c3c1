/// Holds a value that can go up and down, and can be unknown.
public final class Gauge: Instrument {
    /// What is measured.
    public let descriptor: Descriptor
    private let table: SeriesTable<Child>

    /// Makes a gauge whose value is unknown.
    ///
    /// - Parameters:
    ///   - descriptor: What is measured.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    public init(_ descriptor: Descriptor, maximumSeries: Int = 2000) {
        self.descriptor = descriptor
        table = SeriesTable(descriptor, maximum: maximumSeries) { Child($0, $1) }
    }

    /// The series under these label values, to be kept by who updates it often.
    ///
    /// - Parameter labels: One value for each of the descriptor's labels, in their order.
    /// - Returns: A series whose value is unknown if it is new; one that refuses every update if it would be one too
    ///   many.
    public func labels(_ labels: String...) -> Child {
        table.child(labels)
    }

    /// The series under these label values, as ``labels(_:)`` returns it.
    public func series(_ labels: [String]) -> Child {
        table.child(labels)
    }

    /// Sets one series; nil removes it, for a value that is no longer known.
    ///
    /// - Parameters:
    ///   - value: The value in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func set(_ value: Double?, _ labels: [String] = []) {
        if let value { table.child(labels).set(value) } else { table.remove(labels)?.set(nil) }
    }

    /// Adds to one series; an unknown value counts as 0.
    ///
    /// - Parameters:
    ///   - delta: What to add; may be negative.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func add(_ delta: Double, _ labels: [String] = []) {
        table.child(labels).add(delta)
    }

    /// The value of one series; nil if it is unknown.
    public func value(_ labels: [String] = []) -> Double? {
        table.existing(labels)?.value
    }

    /// The current series, sorted by label values.
    public var family: Family {
        let arranged = table.arranged()
        switch descriptor.kind {
        case .gauge, .unknown:
            let series = table.series(arranged) { child, cell in cell.pointee = child.bitPattern }
            return Family(series, refused: table.refusals.count)
        case .counter, .info, .histogram, .nativeHistogram, .gaugeHistogram, .summary, .stateSet:
            return Family(
                descriptor, zip(arranged.layout.labels, arranged.children.map(\.value)), refused: table.refusals.count)
        }
    }
}

extension Gauge {
    /// One series of a gauge.
    public final class Child: Sendable {
        private let current = AtomicDouble(bitPattern: ArrangedSeries.absent)
        private let mark: ChangeMark.Share
        private let refusals: Refusals?

        init(_ refusals: Refusals?, _ mark: ChangeMark.Share) {
            self.refusals = refusals
            self.mark = mark
        }

        /// The value; nil if it is unknown.
        public var value: Double? {
            let bits = bitPattern
            return bits == ArrangedSeries.absent ? nil : Double(bitPattern: bits)
        }

        @inline(__always)
        var bitPattern: UInt64 { current.bitPattern }

        /// Sets the value without lock or allocation; nil makes it unknown.
        public func set(_ value: Double?) {
            if let refusals { return refusals.add() }
            current.store(bitPattern: value.map(Self.bits) ?? ArrangedSeries.absent)
            mark.raise()
        }

        /// Adds without lock or allocation; an unknown value counts as 0.
        public func add(_ delta: Double) {
            if let refusals { return refusals.add() }
            current.update { bits in
                Self.bits(bits == ArrangedSeries.absent ? delta : Double(bitPattern: bits) + delta)
            }
            mark.raise()
        }

        /// A value's bits; never those that mean that there is none.
        private static func bits(_ value: Double) -> UInt64 {
            value.isNaN ? Double.nan.bitPattern : value.bitPattern
        }
    }
}
