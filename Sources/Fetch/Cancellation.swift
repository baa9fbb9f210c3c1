import Synchronization

/// Word from a cancelled task to the thread that carries out its transfer.
final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Whether the transfer is to end.
    var isRequested: Bool { flag.load(ordering: .acquiring) }

    func request() {
        flag.store(true, ordering: .releasing)
    }
}
