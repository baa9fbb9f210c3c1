internal import Dispatch
internal import Glibc
internal import Synchronization

/// Threads of its own for training, so that a forest never keeps a scrape waiting for the cooperative pool.
///
/// The threads yield to all others (nice 10): on two busy cores a scrape is still answered at once. They are not taken
/// from Dispatch, whose threads would carry that niceness into other queues' work.
final class TrainingExecutor: TaskExecutor {
    /// Threads that run jobs at once.
    let width: Int
    private let queue = JobQueue()

    init(width: Int) {
        self.width = max(1, width)
        for _ in 0..<self.width {
            var thread = pthread_t()
            let context = Unmanaged.passRetained(queue)
            let status = pthread_create(&thread, nil, { JobQueue.work(on: $0) }, context.toOpaque())
            guard status == 0 else {
                context.release()
                continue
            }
            pthread_detach(thread)
        }
    }

    deinit { queue.close(threads: width) }

    func enqueue(_ job: consuming ExecutorJob) {
        queue.append(Item(job: UnownedJob(job), executor: asUnownedTaskExecutor()))
    }

    fileprivate struct Item: Sendable {
        let job: UnownedJob
        let executor: UnownedTaskExecutor
    }
}

/// Jobs that wait for a thread, first come first served.
private final class JobQueue: Sendable {
    private let items = Mutex<[TrainingExecutor.Item]>([])
    private let available = DispatchSemaphore(value: 0)

    func append(_ item: TrainingExecutor.Item) {
        items.withLock { $0.append(item) }
        available.signal()
    }

    /// Lets each thread find the queue empty, which is how it learns to end.
    func close(threads: Int) {
        for _ in 0..<threads { available.signal() }
    }

    private func next() -> TrainingExecutor.Item? {
        available.wait()
        return items.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    static func work(on context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let queue = Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue()
        // Linux takes 0 for the calling thread.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while let item = queue.next() { item.job.runSynchronously(on: item.executor) }
        return nil
    }
}
