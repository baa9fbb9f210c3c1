import Fetch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PostTests {
    @Test(arguments: [0, 1, 300_000, 3_000_000])
    func `a body arrives as it was sent, whatever its size, without waiting for leave`(count: Int) async throws {
        let server = try LoopbackServer { _ in .text("taken") }
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let request = FetchRequest(url: server.url("/write?x=1"), headers: ["Content-Type": "a/b"], body: body)
        guard case .modified(let answer) = try await fetcher().fetch(request) else { throw UnexpectedNotModified() }
        #expect(answer.bytes == Array("taken".utf8))
        let received = try #require(server.requests.first)
        #expect(received.method == "POST" && received.target == "/write?x=1")
        #expect(received.body == body)
        #expect(received.headers["content-type"] == "a/b" && received.headers["expect"] == nil)
    }

    @Test(arguments: [0, 3_000_000])
    func `what is put arrives as it was sent, with the method that says so`(count: Int) async throws {
        let server = try LoopbackServer { _ in .status(204) }
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let request = FetchRequest(
            url: server.url("/file"), headers: ["Content-Type": "a/b"], body: body, sending: .put)
        // The connection is used again by what gets: the method must not stick to it.
        let fetcher = fetcher()
        _ = try await fetcher.fetch(request)
        _ = try await fetcher.fetch(FetchRequest(url: server.url("/other")))
        #expect(server.requests.map(\.method) == ["PUT", "GET"] && server.connectionCount == 1)
        #expect(server.requests.first?.body == body && server.requests.first?.headers["content-type"] == "a/b")
        #expect(server.requests.first?.headers["expect"] == nil)
    }

    @Test func `a body is sent again where another attempt may help, and not where it was refused`() async throws {
        let server = try LoopbackServer { $0.path == "/busy" ? .status(503) : .status(400) }
        for (path, attempts) in [("/busy", 3), ("/bad", 1)] {
            let before = server.requests.count
            await #expect(throws: FetchError.self) {
                try await fetcher(attempts: 3).fetch(FetchRequest(url: server.url(path), body: [1, 2, 3]))
            }
            let sent = server.requests.dropFirst(before)
            #expect(sent.count == attempts)
            #expect(sent.allSatisfy { $0.body == [1, 2, 3] })
        }
    }

    @Test func `what was sent follows no redirect`() async throws {
        let server = try LoopbackServer { request in
            request.path == "/moved"
                ? LoopbackResponse(status: 307, headers: ["Location": "/elsewhere"], body: .bytes([])) : .text("")
        }
        let error = await #expect(throws: FetchError.self) {
            try await fetcher().fetch(FetchRequest(url: server.url("/moved"), body: [1]))
        }
        #expect(error?.reason == "status")
        #expect(server.requests.map(\.path) == ["/moved"])
    }
}
