import Fetch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RedirectTests {
    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is followed`(status: Int) async throws {
        let server = try LoopbackServer { request in
            request.path == "/old" ? .redirect(to: "/new?x=1", status: status) : .text("arrived")
        }
        let body = try await fetchBody(fetcher(), server.url("/old"))
        #expect(body.bytes == Array("arrived".utf8))
        #expect(body.effectiveURL == server.url("/new"))
        #expect(body.attempts == 1)
        #expect(server.requests.map(\.target) == ["/old", "/new?x=1"])
    }

    @Test
    func `a loop ends at the limit and is not tried again`() async throws {
        let server = try LoopbackServer { _ in .redirect(to: "/again") }
        let fetcher = fetcher(limits: FetchLimits(maximumRedirects: 3), attempts: 4)
        let failure = await failure(of: fetcher, server.url("/start"))
        #expect(failure == .tooManyRedirects(url: server.url("/start"), limit: 3))
        #expect(server.requests.count == 4)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "dict://127.0.0.1/x"])
    func `a redirect to another protocol is refused`(location: String) async throws {
        let server = try LoopbackServer { _ in .redirect(to: location) }
        #expect(await failure(of: fetcher(), server.url()) == .forbiddenProtocol(url: location))
    }

    @Test
    func `a redirect to a protocol that the limits leave out is refused`() async throws {
        let server = try LoopbackServer { _ in .redirect(to: "https://127.0.0.1/x") }
        let fetcher = fetcher(limits: FetchLimits(allowedProtocols: ["http"]))
        #expect(await failure(of: fetcher, server.url()) == .forbiddenProtocol(url: "https://127.0.0.1/x"))
    }

    @Test
    func `a redirect without a location is a status`() async throws {
        let server = try LoopbackServer { _ in .status(302) }
        #expect(await failure(of: fetcher(), server.url()) == .status(302, url: server.url()))
    }

    @Test
    func `another origin does not see the request's own headers`() async throws {
        let other = try LoopbackServer { _ in .text("other") }
        let target = other.url("/x")
        let server = try LoopbackServer { $0.path == "/" ? .redirect(to: "/here") : .redirect(to: target) }
        let request = FetchRequest(
            url: server.url(), validators: Validators(etag: "\"e\""), headers: ["X-Auth-Token": "secret"])
        _ = try await fetcher().fetch(request)
        #expect(server.requests.map { $0.headers["x-auth-token"] } == ["secret", "secret"])
        let received = try #require(other.requests.first)
        #expect(received.headers["x-auth-token"] == nil)
        #expect(received.headers["if-none-match"] == "\"e\"")
    }
}
