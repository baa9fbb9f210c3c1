import Fetch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FetchErrorTests {
    @Test(arguments: [400, 401, 403, 404, 410, 418, 206, 300, 500, 501, 503])
    func `a status that is no success is a failure that names it`(status: Int) async throws {
        let server = try LoopbackServer { _ in .status(status) }
        #expect(await failure(of: fetcher(), server.url("/x")) == .status(status, url: server.url("/x")))
    }

    @Test
    func `an error page without end does not hide its status`() async throws {
        let server = try LoopbackServer { _ in
            LoopbackResponse(status: 404, body: .endless(Array(repeating: 0x20, count: 1 << 16)))
        }
        let seen = Attempts()
        #expect(await failure(of: fetcher(), server.url(), seen) == .status(404, url: server.url()))
        #expect(seen.all.allSatisfy { $0.receivedBytes < 1 << 20 })
    }

    @Test
    func `a port where nobody listens refuses the connection`() async throws {
        let server = try LoopbackServer { _ in .text("") }
        server.stop()
        let failure = await failure(of: fetcher(), server.url())
        #expect(failure?.reason == "connect")
        #expect(failure?.description.contains("127.0.0.1:\(server.port)") == true)
    }

    @Test
    func `a name that does not exist cannot be resolved`() async {
        let failure = await failure(of: fetcher(), "http://nobody.invalid/feed.csv")
        #expect(failure == .resolve(url: "http://nobody.invalid/feed.csv"))
    }

    @Test
    func `a server that does not speak TLS fails the handshake`() async throws {
        let server = try LoopbackServer { _ in .text("") }
        let failure = await failure(of: fetcher(), "https://127.0.0.1:\(server.port)/")
        #expect(failure?.reason == "tls")
    }

    @Test(arguments: [
        LoopbackResponse(body: .cut(Array("half".utf8), declared: 8)),
        LoopbackResponse(body: .cutChunked(Array("half".utf8))),
    ])
    func `a body that ends early is truncated, never shorter`(response: LoopbackResponse) async throws {
        let server = try LoopbackServer { _ in response }
        #expect(await failure(of: fetcher(), server.url()) == .truncated(url: server.url()))
    }

    @Test
    func `a server that hangs up without an answer is a failed connection`() async throws {
        let server = try LoopbackServer { _ in LoopbackResponse(body: .hangUp) }
        #expect(await failure(of: fetcher(), server.url())?.reason == "connect")
    }

    @Test(arguments: ["gzip", "compress"])
    func `a body that cannot be unpacked is refused`(encoding: String) async throws {
        let server = try LoopbackServer { _ in .text("plain", headers: ["Content-Encoding": encoding]) }
        #expect(await failure(of: fetcher(), server.url()) == .undecodable(url: server.url()))
    }

    @Test
    func `a gzip body that was damaged on the way is refused`() async throws {
        var stream = GzipStream.stored(Array(repeating: 0x41, count: 1_000))
        stream[500] ^= 1
        let server = try LoopbackServer { [stream] _ in .gzip(stream) }
        #expect(await failure(of: fetcher(), server.url()) == .undecodable(url: server.url()))
    }

    @Test
    func `errors show no credentials, query or fragment`() async throws {
        let server = try LoopbackServer { _ in .status(403) }
        let url = "http://user:password@127.0.0.1:\(server.port)/feed?token=secret#part"
        let failure = await failure(of: fetcher(), url)
        #expect(failure == .status(403, url: server.url("/feed")))
        #expect(server.requests.first?.headers["authorization"]?.hasPrefix("Basic ") == true)
    }

    @Test
    func `every reason is in the closed set`() {
        let failures: [FetchError] = [
            .resolve(url: ""), .connect(url: "", message: ""), .tls(url: "", message: ""), .timeout(url: ""),
            .tooSlow(url: ""), .tooLarge(url: "", limit: 1), .tooManyRedirects(url: "", limit: 1),
            .forbiddenProtocol(url: ""), .status(500, url: ""), .truncated(url: ""), .cancelled(url: ""),
            .invalidURL(problem: ""), .invalidHeader(name: ""), .undecodable(url: ""),
            .other(url: "", code: 1, message: ""), .rateLimited(url: "", seconds: 1),
            .circuitOpen(url: "", seconds: 1),
        ]
        #expect(Set(failures.map(\.reason)) == Set(FetchError.reasons))
        #expect(FetchError.reasons == FetchError.reasons.sorted())
        #expect(failures.allSatisfy { !$0.description.isEmpty && !$0.description.contains("\n") })
    }
}
