internal import NIOCore

/// Runs tasks on the thread of an event loop, so that a request is read, answered and sent without changing threads.
///
/// Each change wakes a sleeping thread through the kernel, which costs more than all else that a short answer takes.
/// Whatever runs here holds up the connections of the loop; so anything but short work belongs elsewhere.
final class EventLoopExecutor: TaskExecutor {
    let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
