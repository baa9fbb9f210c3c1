internal import Synchronization

/// How far the training that is under way has come; trees finish on many threads.
public final class TrainingProgress: Sendable {
    private let finished = Atomic<Int>(0)
    private let expected = Atomic<Int>(0)

    /// Makes one on which no training is under way.
    public init() {}

    /// Trees grown and trees to grow; nil while nothing is trained.
    public var trees: (finished: Int, expected: Int)? {
        let expected = expected.load(ordering: .acquiring)
        return expected == 0 ? nil : (min(finished.load(ordering: .relaxed), expected), expected)
    }

    func start(trees: Int) {
        finished.store(0, ordering: .relaxed)
        expected.store(trees, ordering: .releasing)
    }

    func finishedTree() { finished.add(1, ordering: .relaxed) }

    func stop() { expected.store(0, ordering: .releasing) }
}
