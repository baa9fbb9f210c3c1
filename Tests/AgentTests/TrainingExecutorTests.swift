import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import Agent

struct TrainingExecutorTests {
    /// The kernel's number of the thread that this is called on, and how nice it is.
    @concurrent
    private func thread() async -> (number: Int, niceness: Int32) {
        // `<process>/task/<thread>`
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        let number = link?.split(separator: "/").last.flatMap { Int($0) } ?? 0
        return (number, getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
    }

    private func threads(of executor: TrainingExecutor, jobs: Int) async -> Set<Int> {
        await withTaskExecutorPreference(executor) {
            await withTaskGroup(of: Int.self) { group in
                for _ in 0..<jobs { group.addTask { await thread().number } }
                return await group.reduce(into: []) { $0.insert($1) }
            }
        }
    }

    @Test func `work runs on the executor's own threads, which yield to all others`() async {
        let executor = TrainingExecutor(width: 2)
        let own = await threads(of: executor, jobs: 200)
        #expect((1...2).contains(own.count))
        let niceness = await withTaskExecutorPreference(executor) { await thread().niceness }
        #expect(niceness == 10)
        let outside = await thread()
        #expect(!own.contains(outside.number))
        #expect(outside.niceness < 10)
    }

    @Test func `there is always a thread`() async {
        let executor = TrainingExecutor(width: 0)
        #expect(executor.width == 1)
        #expect(await threads(of: executor, jobs: 3).count == 1)
    }

    private final class Gate: Sendable {
        let opened = Atomic<Bool>(false)
        let released = Atomic<Bool>(false)
    }

    /// Ends only if two threads are at work at once: the first job waits for the second.
    @Test(.timeLimit(.minutes(1))) func `jobs that block do not hold up those of the other threads`() async {
        let executor = TrainingExecutor(width: 2)
        let gate = Gate()
        await withTaskExecutorPreference(executor) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    gate.opened.store(true, ordering: .releasing)
                    while !gate.released.load(ordering: .acquiring) { sched_yield() }
                }
                group.addTask {
                    while !gate.opened.load(ordering: .acquiring) { sched_yield() }
                    gate.released.store(true, ordering: .releasing)
                }
            }
        }
    }

    @Test func `its threads end with it`() async throws {
        var executor: TrainingExecutor? = TrainingExecutor(width: 3)
        var numbers: Set<Int> = []
        if let executor { numbers = await threads(of: executor, jobs: 300) }
        #expect(!numbers.isEmpty)
        weak let gone = executor
        executor = nil
        #expect(gone == nil)
        let deadline = ContinuousClock.now + .seconds(10)
        while numbers.contains(where: { access("/proc/self/task/\($0)", F_OK) == 0 }), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(numbers.allSatisfy { access("/proc/self/task/\($0)", F_OK) != 0 })
    }
}
