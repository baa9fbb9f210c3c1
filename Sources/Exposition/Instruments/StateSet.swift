internal import Synchronization

/// Holds which of some states are the case.
public final class StateSet: Instrument {
    /// What has states; its kind names them.
    public let descriptor: Descriptor
    private let states: [String]
    private let table: SeriesTable<Child>

    /// Makes a state set in which nothing holds.
    ///
    /// - Parameters:
    ///   - descriptor: What has states.
    ///   - seed: Label values, a combination an element, that are exposed from the start; one without labels is by
    ///     itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    public init(_ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000) {
        self.descriptor = descriptor
        if case .stateSet(let states) = descriptor.kind { self.states = states } else { states = [] }
        table = SeriesTable(descriptor, maximum: maximumSeries) { refusals, _ in Child(refusals) }
        for labels in descriptor.labels.isEmpty ? [[]] : seed where labels.count == descriptor.labels.count {
            _ = table.child(labels)
        }
    }

    /// Says which states hold; the others do not.
    ///
    /// A state that the descriptor does not name is refused and counted.
    ///
    /// - Parameters:
    ///   - holding: The states that hold, all at once.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func set(_ holding: Set<String>, _ labels: [String] = []) {
        guard holding.isSubset(of: states) else { return table.refusals.add() }
        var bits: UInt64 = 0
        for (position, state) in states.prefix(UInt64.bitWidth).enumerated() where holding.contains(state) {
            bits |= 1 << position
        }
        table.child(labels).set(bits)
    }

    /// The states that hold; nil if there is no such series.
    public func value(_ labels: [String] = []) -> Set<String>? {
        guard let bits = table.existing(labels)?.bits else { return nil }
        return Set(states.indices.filter { bits >> $0 & 1 == 1 }.map { states[$0] })
    }

    /// The current series, sorted by label values.
    public var family: Family {
        guard case .stateSet = descriptor.kind else { return Family(descriptor) }
        let arranged = table.arranged()
        return Family(
            ArrangedSeries(layout: arranged.layout, cells: arranged.children.map(\.bits)),
            refused: table.refusals.count)
    }

    /// One series of a state set.
    final class Child: Sendable {
        private let current = Atomic<UInt64>(0)
        private let refusals: Refusals?

        init(_ refusals: Refusals?) {
            self.refusals = refusals
        }

        var bits: UInt64 { current.load(ordering: .relaxed) }

        func set(_ bits: UInt64) {
            if let refusals { return refusals.add() }
            current.store(bits, ordering: .relaxed)
        }
    }
}
