import Fetch
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    @Test(arguments: [
        LoopbackResponse(delay: .seconds(60)),
        LoopbackResponse(body: .drip(Array(repeating: 0, count: 1_000), pieceSize: 1, every: .milliseconds(200))),
    ])
    func `a transfer under way ends within 50 ms of its task's cancellation`(response: LoopbackResponse) async throws {
        let (arrived, signal) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { _ in
            signal.yield()
            return response
        }
        let fetcher = fetcher(attempts: 3)
        var arrivals = arrived.makeAsyncIterator()
        var fastest = Duration.seconds(60)
        // The fastest of as many as it takes: tests that run at the same time may hold every thread for longer than that.
        for _ in 0..<100 where fastest >= .milliseconds(50) {
            let task = Task { await failure(of: fetcher, server.url()) }
            await arrivals.next()
            let start = ContinuousClock.now
            task.cancel()
            #expect(await task.value == .cancelled(url: server.url()))
            fastest = min(fastest, ContinuousClock.now - start)
        }
        #expect(fastest < .milliseconds(50))
    }

    @Test
    func `one cancelled fetch leaves the others alone`() async throws {
        let (arrived, signal) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { request in
            signal.yield()
            return request.path == "/slow"
                ? LoopbackResponse(delay: .seconds(60)) : LoopbackResponse(delay: .milliseconds(300))
        }
        let fetcher = fetcher()
        let slow = Task { await failure(of: fetcher, server.url("/slow")) }
        let quick = Task { await failure(of: fetcher, server.url("/quick")) }
        var count = 0
        for await _ in arrived {
            count += 1
            if count == 2 { break }
        }
        slow.cancel()
        #expect(await slow.value?.reason == "cancelled")
        #expect(await quick.value == nil)
    }

    @Test
    func `a task that is cancelled already sends nothing`() async throws {
        let server = try LoopbackServer { _ in .text("") }
        let fetcher = fetcher()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure(of: fetcher, server.url())
        }
        #expect(await task.value?.reason == "cancelled")
        #expect(server.requests.isEmpty)
    }

    @Test
    func `a wait between attempts ends when the task is cancelled`() async throws {
        let server = try LoopbackServer { _ in .status(503, headers: ["Retry-After": "30"]) }
        let (waiting, signal) = AsyncStream.makeStream(of: Void.self)
        let fetcher = Fetcher(userAgent: "touchline-tests", seed: 1) { wait in
            signal.yield()
            try await Task.sleep(for: wait)
        }
        let task = Task { await failure(of: fetcher, server.url()) }
        for await _ in waiting { break }
        task.cancel()
        #expect(await task.value?.reason == "cancelled")
    }
}
