import Fetch
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FetcherTests {
    @Test
    func `a file arrives whole, with its validators and type`() async throws {
        let directory = try SharedData.path("football-data.co.uk")
        let server = try LoopbackServer(directory: directory)
        let url = server.url("/mmz4281/2324/E0.csv")
        let body = try await fetchBody(fetcher(), url)
        #expect(body.status == 200)
        #expect(body.bytes.starts(with: [0xef, 0xbb, 0xbf] + "Div,Date,Time".utf8))
        #expect(body.receivedBytes == body.bytes.count)
        #expect(body.contentType == "text/csv")
        #expect(body.validators.etag?.first == "\"")
        #expect(body.validators.lastModified?.hasSuffix(" GMT") == true)
        #expect(body.attempts == 1)
        #expect(body.effectiveURL == url)
        #expect(body.timings.total > .zero)
        #expect(body.timings.tls == .zero)
    }

    @Test(arguments: [true, false])
    func `a copy that is still current is not sent again`(byETag: Bool) async throws {
        let server = try LoopbackServer { .conditional(Array("a,b\n1,2\n".utf8), changed: 1_700_000_000, to: $0) }
        let fetcher = fetcher()
        let held = try await fetchBody(fetcher, server.url()).validators
        let asked = byETag ? Validators(etag: held.etag) : Validators(lastModified: held.lastModified)
        let result = try await fetcher.fetch(FetchRequest(url: server.url(), validators: asked))
        guard case .notModified(let timings, let attempts) = result else {
            Issue.record("a body was sent")
            return
        }
        #expect(attempts == 1)
        #expect(timings.total > .zero)
        let header = byETag ? "if-none-match" : "if-modified-since"
        #expect(server.requests.last?.headers[header] == (byETag ? held.etag : held.lastModified))
    }

    @Test
    func `a copy that is no longer current is sent`() async throws {
        let server = try LoopbackServer { .conditional(Array("new".utf8), changed: 1_700_000_000, to: $0) }
        let request = FetchRequest(url: server.url(), validators: Validators(etag: "\"old\""))
        guard case .modified(let body) = try await fetcher().fetch(request) else {
            Issue.record("no body was sent")
            return
        }
        #expect(body.bytes == Array("new".utf8))
    }

    @Test
    func `a 304 that nobody asked for is a failure`() async throws {
        let server = try LoopbackServer { _ in LoopbackResponse(status: 304) }
        await #expect(throws: FetchError.status(304, url: server.url())) {
            try await fetcher().fetch(FetchRequest(url: server.url()))
        }
    }

    @Test
    func `a gzip body is unpacked and counted as it came over the wire`() async throws {
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        let stream = GzipStream.stored(text)
        let server = try LoopbackServer { _ in .gzip(stream) }
        let body = try await fetchBody(fetcher(), server.url())
        #expect(body.bytes == text)
        #expect(body.receivedBytes == stream.count)
        #expect(server.requests.first?.headers["accept-encoding"]?.contains("gzip") == true)
    }

    @Test
    func `an answer without a body is a body of no bytes`() async throws {
        let server = try LoopbackServer { _ in LoopbackResponse(status: 204) }
        let body = try await fetchBody(fetcher(), server.url())
        #expect(body.status == 204)
        #expect(body.bytes.isEmpty)
    }

    @Test
    func `the user agent and the request's own headers are sent`() async throws {
        let server = try LoopbackServer { _ in .text("ok") }
        let request = FetchRequest(url: server.url("/a?b=c"), headers: ["X-Auth-Token": "secret", "X-Empty": ""])
        _ = try await fetcher().fetch(request)
        let received = try #require(server.requests.first)
        #expect(received.method == "GET")
        #expect(received.target == "/a?b=c")
        #expect(received.headers["user-agent"] == "touchline-tests")
        #expect(received.headers["x-auth-token"] == "secret")
        #expect(received.headers["x-empty"]?.isEmpty == true)
    }

    @Test
    func `fifty fetches in a row use one connection`() async throws {
        let server = try LoopbackServer { .text("answer to \($0.path)") }
        let fetcher = fetcher()
        for number in 0..<50 {
            let body = try await fetchBody(fetcher, server.url("/\(number)"))
            #expect(body.bytes == Array("answer to /\(number)".utf8))
        }
        #expect(server.requests.count == 50)
        #expect(server.connectionCount == 1)
    }

    @Test
    func `fetches at the same time do not wait for one another`() async throws {
        // Nobody is answered before all have asked.
        let asked = Mutex(0)
        let server = try LoopbackServer { request in
            asked.withLock { $0 += 1 }
            let patience = ContinuousClock.now.advanced(by: .seconds(20))
            while asked.withLock({ $0 }) < 20 {
                guard ContinuousClock.now < patience else { return .text("alone") }
                usleep(1_000)
            }
            return .text(request.path)
        }
        let fetcher = fetcher()
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                let url = server.url("/\(number)")
                group.addTask { String(decoding: try await fetchBody(fetcher, url).bytes, as: UTF8.self) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(bodies == Set((0..<20).map { "/\($0)" }))
    }

    @Test
    func `a server that was restarted is reached again`() async throws {
        let server = try LoopbackServer { _ in .text("here") }
        let fetcher = fetcher()
        #expect(try await fetchBody(fetcher, server.url()).bytes == Array("here".utf8))
        server.stop()
        let failure = await failure(of: fetcher, server.url())
        #expect(failure?.reason == "connect")
        try server.restart()
        #expect(try await fetchBody(fetcher, server.url()).bytes == Array("here".utf8))
    }
}
