import Fetch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FetchLimitsTests {
    private let megabyte = FetchLimits(maximumBytes: 1 << 20)
    private let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)

    @Test
    func `a body that declares a gigabyte is refused before it is read`() async throws {
        let server = try LoopbackServer { [piece] _ in LoopbackResponse(body: .repeated(piece, count: 1 << 14)) }
        let seen = Attempts()
        let failure = await failure(of: fetcher(limits: megabyte), server.url(), seen)
        #expect(failure == .tooLarge(url: server.url(), limit: 1 << 20))
        #expect(seen.all.map(\.receivedBytes) == [0])
    }

    @Test
    func `a body without end is refused at the limit`() async throws {
        let server = try LoopbackServer { [piece] _ in LoopbackResponse(body: .endless(piece)) }
        let seen = Attempts()
        let failure = await failure(of: fetcher(limits: megabyte), server.url(), seen)
        #expect(failure == .tooLarge(url: server.url(), limit: 1 << 20))
        #expect(seen.all.allSatisfy { $0.receivedBytes < 2 << 20 })
    }

    @Test
    func `a small body that unpacks to a gigabyte is refused at the limit`() async throws {
        let bomb = GzipStream.zeros(count: 1 << 30)
        #expect(bomb.count < 8 << 20)
        let server = try LoopbackServer { _ in .gzip(bomb) }
        let limits = FetchLimits(maximumBytes: 8 << 20)
        let seen = Attempts()
        #expect(await failure(of: fetcher(limits: limits), server.url(), seen)?.reason == "too_large")
        #expect(seen.all.allSatisfy { $0.receivedBytes < 1 << 20 })
    }

    @Test
    func `a body of exactly the limit is accepted and one byte more is not`() async throws {
        let server = try LoopbackServer { LoopbackResponse(body: .chunked(Array($0.path.utf8))) }
        let fetcher = fetcher(limits: FetchLimits(maximumBytes: 100))
        let path = "/" + String(repeating: "a", count: 99)
        #expect(try await fetchBody(fetcher, server.url(path)).bytes == Array(path.utf8))
        #expect(await failure(of: fetcher, server.url(path + "a"))?.reason == "too_large")
    }

    @Test
    func `an answer that does not come in time is a timeout`() async throws {
        let server = try LoopbackServer { _ in LoopbackResponse(delay: .seconds(30)) }
        let limits = FetchLimits(totalTimeout: .milliseconds(200))
        #expect(await failure(of: fetcher(limits: limits), server.url()) == .timeout(url: server.url()))
    }

    @Test
    func `a body that drips is too slow long before the timeout`() async throws {
        let server = try LoopbackServer { [piece] _ in
            LoopbackResponse(body: .drip(piece, pieceSize: 1, every: .milliseconds(100)))
        }
        let limits = FetchLimits(
            totalTimeout: .seconds(19), lowSpeedBytesPerSecond: 1_000, lowSpeedTime: .seconds(1))
        #expect(await failure(of: fetcher(limits: limits), server.url()) == .tooSlow(url: server.url()))
    }
}
