import Fetch
import TestSupport
import Testing

/// Gzip bodies whose HTTP framing is complete, whatever the stream within is.
struct GzipBodyTests {
    private let text = Array("Div,Date,HomeTeam,AwayTeam\n".utf8)

    @Test func `a stream cut anywhere is not taken for a whole one`() async throws {
        let stream = GzipStream.stored(text)
        for cut in 1..<stream.count {
            let server = try LoopbackServer { _ in .gzip(Array(stream.dropLast(cut))) }
            let failure = await failure(of: fetcher(), server.url())
            #expect(failure == .truncated(url: server.url()), "cut by \(cut)")
        }
    }

    @Test func `members that follow each other are one body`() async throws {
        let stream = GzipStream.stored(text) + GzipStream.stored(text)
        let server = try LoopbackServer { _ in .gzip(stream) }
        #expect(try await fetchBody(fetcher(), server.url()).bytes == text + text)
    }

    @Test func `rubbish behind the end is refused`() async throws {
        let stream = GzipStream.stored(text) + Array("<html>".utf8)
        let server = try LoopbackServer { _ in .gzip(stream) }
        #expect(await failure(of: fetcher(), server.url()) == .undecodable(url: server.url()))
    }

    @Test func `a large body comes back as it was`() async throws {
        let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
        let stream = GzipStream.stored(large)
        let server = try LoopbackServer { _ in .gzip(stream) }
        #expect(try await fetchBody(fetcher(), server.url()).bytes == large)
    }

    @Test func `an empty body is whole`() async throws {
        let server = try LoopbackServer { _ in .gzip([]) }
        #expect(try await fetchBody(fetcher(), server.url()).bytes == [])
    }
}
