import Fetch
import Synchronization
import TestSupport
import Testing

/// A clock that only waiting moves.
private final class HandClock: Sendable {
    private let instant = Mutex<Duration>(.zero)

    var now: Duration { instant.withLock { $0 } }

    func advance(by step: Duration) { instant.withLock { $0 += step } }
}

struct HostGatesTests {
    private let clock = HandClock()
    private let waits = RecordedWaits()
    private let policy = HostGates.Policy(pause: .seconds(1), breakerFailures: 3, breakerPause: .seconds(60))

    private func polite(attempts: Int = 1) -> Fetcher {
        let (clock, waits) = (clock, waits)
        let gates = HostGates(
            seed: 3, now: { clock.now },
            sleep: {
                waits.record($0)
                clock.advance(by: $0)
            })
        return Fetcher(
            userAgent: "touchline-tests", retry: RetryPolicy(maximumAttempts: attempts), gates: gates,
            politeness: policy, seed: 7, sleep: { clock.advance(by: $0) })
    }

    @Test func `a host is left alone for the pause and at most a tenth more`() async throws {
        let server = try LoopbackServer { _ in .text("x") }
        let fetcher = polite()
        for _ in 0..<4 { _ = try await fetcher.fetch(FetchRequest(url: server.url())) }
        #expect(waits.all.count == 3)
        #expect(waits.all.allSatisfy { $0 >= .seconds(1) && $0 <= .milliseconds(1_100) })
        #expect(Set(waits.all).count > 1)
    }

    @Test func `hosts do not wait for each other`() async throws {
        let servers = try (0..<2).map { _ in try LoopbackServer { _ in .text("x") } }
        let fetcher = polite()
        for server in servers { _ = try await fetcher.fetch(FetchRequest(url: server.url())) }
        #expect(waits.all == [])
    }

    @Test func `after failures in a row a host is left alone, then probed once, then trusted again`() async throws {
        let healthy = Mutex(false)
        let server = try LoopbackServer { _ in healthy.withLock { $0 } ? .text("x") : .status(503) }
        let fetcher = polite()
        for _ in 0..<3 { #expect(await failure(of: fetcher, server.url()) == .status(503, url: server.url())) }
        guard case .circuitOpen = await failure(of: fetcher, server.url()) else {
            Issue.record("the host was asked again")
            return
        }
        #expect(server.requests.count == 3)
        clock.advance(by: .seconds(61))
        // The probe fails, and the host is left alone for twice as long.
        #expect(await failure(of: fetcher, server.url()) == .status(503, url: server.url()))
        #expect(server.requests.count == 4)
        clock.advance(by: .seconds(61))
        guard case .circuitOpen = await failure(of: fetcher, server.url()) else {
            Issue.record("the host was asked too early")
            return
        }
        clock.advance(by: .seconds(61))
        healthy.withLock { $0 = true }
        for _ in 0..<5 { #expect(await failure(of: fetcher, server.url()) == nil) }
        #expect(server.requests.count == 9)
    }

    @Test func `a file that is not there opens nothing`() async throws {
        let server = try LoopbackServer { _ in .status(404) }
        let fetcher = polite()
        for _ in 0..<6 { #expect(await failure(of: fetcher, server.url()) == .status(404, url: server.url())) }
    }

    @Test(arguments: ["Retry-After", "X-RequestCounter-Reset"])
    func `a host that counts requests is left alone until it counts anew`(header: String) async throws {
        let server = try LoopbackServer(
            handler: answering([.status(429, headers: [header: "300"]), .text("x")]))
        let fetcher = polite(attempts: 3)
        #expect(await failure(of: fetcher, server.url()) == .status(429, url: server.url()))
        #expect(await failure(of: fetcher, server.url()) == .rateLimited(url: server.url(), seconds: 300))
        #expect(server.requests.count == 1)
        clock.advance(by: .seconds(301))
        #expect(await failure(of: fetcher, server.url()) == nil)
    }

    @Test func `a short wait that a host asks for is waited out`() async throws {
        let server = try LoopbackServer(
            handler: answering([.status(429, headers: ["X-RequestCounter-Reset": "7"]), .text("x")]))
        #expect(await failure(of: polite(attempts: 2), server.url()) == nil)
        #expect(clock.now >= .seconds(7))
    }

    @Test func `a host is asked one thing at a time`() async throws {
        let counts = Counts()
        let server = try LoopbackServer { _ in
            counts.enter()
            defer { counts.leave() }
            return LoopbackResponse(body: .bytes([0x41]), delay: .milliseconds(20))
        }
        let fetcher = Fetcher(
            userAgent: "touchline-tests", gates: HostGates(seed: 1), politeness: HostGates.Policy(pause: .zero), seed: 7
        )
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try? await fetcher.fetch(FetchRequest(url: server.url())) } }
        }
        #expect(server.requests.count == 6)
        #expect(counts.most == 1)
    }

    @Test func `waiting for a host ends with the task`() async throws {
        let server = try LoopbackServer { _ in LoopbackResponse(body: .bytes([0x41]), delay: .milliseconds(300)) }
        let fetcher = Fetcher(
            userAgent: "touchline-tests", gates: HostGates(seed: 1), politeness: HostGates.Policy(pause: .zero), seed: 7
        )
        let first = Task { await failure(of: fetcher, server.url()) }
        while server.requests.isEmpty { await Task.yield() }
        let second = Task { await failure(of: fetcher, server.url()) }
        second.cancel()
        #expect(await second.value == .cancelled(url: server.url()))
        #expect(await first.value == nil)
    }
}

/// How many requests are being answered at once.
private final class Counts: Sendable {
    private let state = Mutex((running: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock {
            $0.running += 1
            $0.most = max($0.most, $0.running)
        }
    }

    func leave() { state.withLock { $0.running -= 1 } }
}
