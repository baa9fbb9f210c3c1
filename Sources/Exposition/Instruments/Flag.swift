internal import Synchronization

/// Whether any series of an instrument has an exemplar yet, so that a scrape need not ask each of them.
final class Flag: Sendable {
    private let raised = Atomic<Bool>(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { if !isRaised { raised.store(true, ordering: .releasing) } }
}
