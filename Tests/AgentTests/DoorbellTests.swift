import Testing

@testable import Agent

struct DoorbellTests {
    @Test(.timeLimit(.minutes(1)))
    func `who waits is woken by a ring, and who missed one does not wait`() async {
        let bell = Doorbell()
        let long = Duration.seconds(600)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await bell.wait(since: 0, atMost: long) } }
            bell.ring()
            await group.waitForAll()
        }
        #expect(bell.rings == 1)
        await bell.wait(since: 0, atMost: long)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a wait ends after its time, or with its task`() async {
        let bell = Doorbell()
        await bell.wait(since: 0, atMost: .milliseconds(1))
        let waiting = Task { await bell.wait(since: 0, atMost: .seconds(600)) }
        waiting.cancel()
        await waiting.value
        #expect(bell.rings == 0)
    }
}
