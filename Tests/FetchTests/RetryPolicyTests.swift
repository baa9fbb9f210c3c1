import Fetch
import FoundationEssentials
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RetryPolicyTests {
    @Test
    func `a server error that passes is tried again`() async throws {
        let server = try LoopbackServer(handler: answering([.status(500), .status(503), .text("at last")]))
        let waits = RecordedWaits()
        let seen = Attempts()
        let result = try await fetcher(attempts: 3, waits: waits).fetch(FetchRequest(url: server.url())) {
            seen.record($0)
        }
        guard case .modified(let body) = result else {
            Issue.record("no body")
            return
        }
        #expect(body.bytes == Array("at last".utf8))
        #expect(body.attempts == 3)
        #expect(seen.all.map(\.number) == [1, 2, 3])
        #expect(
            seen.all.map(\.outcome) == [
                .failure(.status(500, url: server.url())), .failure(.status(503, url: server.url())), .success(200),
            ])
        #expect(waits.all.count == 2)
        #expect(zip(waits.all, [Duration.seconds(0.5), .seconds(1)]).allSatisfy { $0 >= .zero && $0 < $1 })
        #expect(server.connectionCount == 1)
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func `a status that may pass is tried as often as allowed`(status: Int) async throws {
        let server = try LoopbackServer { _ in .status(status) }
        #expect(await failure(of: fetcher(attempts: 4), server.url())?.reason == "status")
        #expect(server.requests.count == 4)
    }

    @Test(arguments: [400, 401, 403, 404, 410, 501])
    func `a status that will not pass is tried once`(status: Int) async throws {
        let server = try LoopbackServer { _ in .status(status) }
        #expect(await failure(of: fetcher(attempts: 4), server.url())?.reason == "status")
        #expect(server.requests.count == 1)
    }

    @Test
    func `a truncated body is tried again`() async throws {
        let cut = LoopbackResponse(body: .cut([1, 2], declared: 3))
        let server = try LoopbackServer(handler: answering([cut, .text("whole")]))
        #expect(try await fetchBody(fetcher(attempts: 2), server.url()).bytes == Array("whole".utf8))
    }

    @Test
    func `a body that is too large is tried once`() async throws {
        let server = try LoopbackServer { _ in .text("eleven byte") }
        let fetcher = fetcher(limits: FetchLimits(maximumBytes: 10), attempts: 4)
        #expect(await failure(of: fetcher, server.url()) == .tooLarge(url: server.url(), limit: 10))
        #expect(server.requests.count == 1)
    }

    @Test
    func `the seconds that a server asks for are waited out`() async throws {
        let busy = LoopbackResponse.status(429, headers: ["Retry-After": "17"])
        let server = try LoopbackServer(handler: answering([busy, .text("ok")]))
        let waits = RecordedWaits()
        _ = try await fetchBody(fetcher(attempts: 2, waits: waits), server.url())
        #expect(waits.all == [.seconds(17)])
    }

    @Test
    func `the date that a server asks for is waited for`() async throws {
        let date = LoopbackResponse.httpDate(Int(Date.now.timeIntervalSince1970) + 40)
        let busy = LoopbackResponse.status(503, headers: ["Retry-After": date])
        let server = try LoopbackServer(handler: answering([busy, .text("ok")]))
        let waits = RecordedWaits()
        _ = try await fetchBody(fetcher(attempts: 2, waits: waits), server.url())
        let wait = try #require(waits.all.first)
        #expect(wait > .seconds(20) && wait <= .seconds(40))
    }

    @Test
    func `a server that asks for a longer pause than we make is left alone`() async throws {
        let server = try LoopbackServer { _ in .status(429, headers: ["Retry-After": "3600"]) }
        let waits = RecordedWaits()
        #expect(await failure(of: fetcher(attempts: 5, waits: waits), server.url())?.reason == "status")
        #expect(waits.all.isEmpty)
        #expect(server.requests.count == 1)
    }

    @Test
    func `the same seed waits the same, another seed does not`() async throws {
        let server = try LoopbackServer { _ in .status(500) }
        var waited: [[Duration]] = []
        for seed in [1, 1, 2] as [UInt64] {
            let waits = RecordedWaits()
            let fetcher = Fetcher(
                userAgent: "touchline-tests", retry: RetryPolicy(maximumAttempts: 6), seed: seed,
                sleep: { waits.record($0) })
            _ = await failure(of: fetcher, server.url())
            waited.append(waits.all)
        }
        #expect(waited[0].count == 5)
        #expect(waited[0] == waited[1])
        #expect(waited[0] != waited[2])
    }

    @Test
    func `the waits stay below the longest one`() async throws {
        let server = try LoopbackServer { _ in .status(500) }
        let waits = RecordedWaits()
        let retry = RetryPolicy(maximumAttempts: 100, baseDelay: .seconds(1), maximumDelay: .seconds(4))
        let fetcher = Fetcher(userAgent: "touchline-tests", retry: retry, seed: 3, sleep: { waits.record($0) })
        _ = await failure(of: fetcher, server.url())
        #expect(waits.all.count == 99)
        #expect(waits.all.allSatisfy { $0 >= .zero && $0 < .seconds(4) })
        #expect(waits.all.contains { $0 > .seconds(3) })
    }
}
