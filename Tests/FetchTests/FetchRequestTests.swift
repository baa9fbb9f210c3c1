import Fetch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FetchRequestTests {
    @Test(arguments: [
        "", "feed.csv", "http://", "//127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX-Injected: 1",
        "http://127.0.0.1/\0", "http://127.0.0.1/a b", "http://127.0.0.1/\u{e9}", "http://user:pa/ss@127.0.0.1/",
    ])
    func `a URL that is none is refused and not shown`(url: String) async {
        let failure = await failure(of: fetcher(attempts: 3), url)
        #expect(failure?.reason == "invalid")
        #expect(url.isEmpty || failure?.description.contains(url) == false)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "unheard-of://127.0.0.1/x"])
    func `a URL of another protocol is refused`(url: String) async {
        #expect(await failure(of: fetcher(attempts: 3), url) == .forbiddenProtocol(url: url))
    }

    @Test(arguments: [
        ["X-A": "1\r\nX-Injected: 1"], ["X-A": "1\nX-Injected: 1"], ["X-A": "\0"], ["X-A\r\nX-Injected": "1"],
        ["X-A: 1": ""], ["": "1"], ["X A": "1"],
    ])
    func `a header that would not stay one line is refused`(headers: [String: String]) async throws {
        let server = try LoopbackServer { _ in .text("") }
        let error = await #expect(throws: FetchError.self) {
            try await fetcher().fetch(FetchRequest(url: server.url(), headers: headers))
        }
        #expect(error?.reason == "invalid")
        #expect(error?.description.contains { $0.isNewline } == false)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [Validators(etag: "\"a\"\r\nX: 1"), Validators(lastModified: "x\nX: 1")])
    func `validators that would not stay one line are refused`(validators: Validators) async throws {
        let server = try LoopbackServer { _ in .text("") }
        let error = await #expect(throws: FetchError.self) {
            try await fetcher().fetch(FetchRequest(url: server.url(), validators: validators))
        }
        #expect(error?.reason == "invalid")
        #expect(server.connectionCount == 0)
    }
}
