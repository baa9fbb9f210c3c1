import Dispatch
import Forest
import Synchronization
import Testing

@Suite struct ExecutorTests {
    /// A thread pool of its own that counts what it is given.
    private final class CountingExecutor: TaskExecutor {
        private let queue = DispatchQueue(label: "training", attributes: .concurrent)
        private let counted = Mutex(0)
        var jobs: Int { counted.withLock { $0 } }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            counted.withLock { $0 += 1 }
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    private actor Worker {
        func train(_ set: TrainingSet, on executor: CountingExecutor) async throws -> Forest {
            try await withTaskExecutorPreference(executor) {
                try await Forest.train(set, options: ForestOptions(trees: 6, threads: 2))
            }
        }
    }

    @Test func `every tree grows on the preferred executor, even when an actor asks for it`() async throws {
        let executor = CountingExecutor()
        let forest = try await Worker().train(Patterns.bands(), on: executor)
        #expect(forest.treeCount == 6)
        // Two columns, six trees, one block of out-of-bag rows, and the training itself.
        #expect(executor.jobs >= 10)
    }
}
