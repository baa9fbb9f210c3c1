internal import Synchronization

/// The series of an instrument by label values, bounded in number.
///
/// Looking a series up takes a lock; who updates one often keeps it.
final class SeriesTable<Child: Sendable>: Sendable {
    private struct Entry: Sendable {
        let child: Child
        let share: ChangeMark.Share
        let created: Double?
    }

    /// All series in the order in which they are exposed, for as long as they are the same ones.
    final class Arranged: Sendable {
        let layout: SeriesLayout
        let children: [Child]
        let shares: [ChangeMark.Share]

        init(_ layout: SeriesLayout, _ children: [Child], _ shares: [ChangeMark.Share]) {
            self.layout = layout
            self.children = children
            self.shares = shares
        }
    }

    private struct State: Sendable {
        var entries: [LabelValues: Entry] = [:]
        var arranged: Arranged?
        var dealer = ChangeMark.Dealer()
    }

    /// Updates that were refused: the number of label values was wrong, or the table full.
    let refusals = Refusals()
    private let descriptor: Descriptor
    private let maximum: Int
    private let makeChild: @Sendable (Refusals?, ChangeMark.Share) -> Child
    private let now: (@Sendable () -> Double)?
    private let state = Guarded(State())
    private let numbers = Guarded(SeriesNumbers())

    /// Makes an empty table.
    ///
    /// - Parameters:
    ///   - descriptor: What is measured.
    ///   - maximum: How many series there can be.
    ///   - now: Tells the Unix time at which a series begins; nil if that is not to be exposed.
    ///   - makeChild: Makes a series, or one that only counts what it refuses.
    init(
        _ descriptor: Descriptor, maximum: Int, now: (@Sendable () -> Double)? = nil,
        makeChild: @escaping @Sendable (Refusals?, ChangeMark.Share) -> Child
    ) {
        self.descriptor = descriptor
        self.maximum = maximum
        self.makeChild = makeChild
        self.now = descriptor.kind.hasBeginning ? now : nil
    }

    /// The series under these label values, made if need be; one that refuses everything if it cannot be.
    func child(_ labels: [String]) -> Child {
        let key = LabelValues(labels)
        let found = state.withLock { state -> Child? in
            if let entry = state.entries[key] { return entry.child }
            guard labels.count == descriptor.labels.count, state.entries.count < maximum else { return nil }
            let share = state.dealer.next()
            let entry = Entry(child: makeChild(nil, share), share: share, created: now?())
            state.entries[key] = entry
            state.arranged = nil
            return entry.child
        }
        guard let found else {
            var dealer = ChangeMark.Dealer()
            return makeChild(refusals, dealer.next())
        }
        return found
    }

    /// The series under these label values; nil if there is none.
    func existing(_ labels: [String]) -> Child? {
        state.withLock { $0.entries[LabelValues(labels)]?.child }
    }

    /// Forgets one series, and returns it.
    func remove(_ labels: [String]) -> Child? {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: LabelValues(labels)) else { return nil }
            state.arranged = nil
            return entry.child
        }
    }

    /// All series in the order in which they are exposed.
    func arranged() -> Arranged {
        state.withLock { state in
            if let arranged = state.arranged { return arranged }
            let sorted = state.entries.sorted { $0.key < $1.key }
            let layout = SeriesLayout(
                descriptor, labels: sorted.map(\.key.values), created: now == nil ? [] : sorted.map(\.value.created))
            let arranged = Arranged(layout, sorted.map(\.value.child), sorted.map(\.value.share))
            state.arranged = arranged
            return arranged
        }
    }

    /// The numbers of some series, all that there are; those that were not updated since the last call are not read.
    ///
    /// - Parameters:
    ///   - arranged: The series.
    ///   - read: Reads the numbers of one; its updates must raise its share of a mark.
    /// - Returns: The very series of the call before if nothing was updated since.
    func series(
        _ arranged: Arranged, read: (Child, UnsafeMutablePointer<UInt64>) -> Void
    ) -> ArrangedSeries {
        numbers.withLock { numbers in
            if let former = numbers.series, former.layout === arranged.layout {
                return numbers.readUpdated(arranged.children, since: former, read)
            }
            return numbers.readAll(arranged.children, arranged.shares, of: arranged.layout, read)
        }
    }
}

/// Counts the updates that an instrument refused.
final class Refusals: Sendable {
    private let number = Atomic<Int>(0)

    var count: Int { number.load(ordering: .relaxed) }

    func add() { number.add(1, ordering: .relaxed) }
}
