import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

/// What every page owes, whatever it shows.
struct PagesTests {
    private static let pages = ["/", "/metrics", "/-/healthy", "/-/ready", "/api/v1/forecasts"]

    private func ready() throws -> Agent {
        let agent = try Example.agent()
        agent.snapshots.publish(Snapshot())
        return agent
    }

    @Test func `every page answers GET`() async throws {
        try await withPages(try ready()) { served in
            for (page, type) in zip(
                PagesTests.pages,
                [
                    "text/html; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8", "text/plain; charset=utf-8",
                    "text/plain; charset=utf-8", "application/json",
                ])
            {
                let reply = try await served.get(page)
                #expect(reply.status == 200, "\(page)")
                #expect(reply.headers["content-type"] == type, "\(page)")
                #expect(reply.headers["content-length"] == "\(reply.body.count)", "\(page)")
                #expect(reply.headers["cache-control"] == "no-store", "\(page)")
                #expect(reply.headers["x-content-type-options"] == "nosniff", "\(page)")
                #expect(reply.headers["transfer-encoding"] == nil, "\(page)")
                #expect(!reply.body.isEmpty, "\(page)")
                #expect(try await served.get("\(page)?x=1").status == 200, "\(page)?x=1")
            }
        }
    }

    /// The reply to HEAD ends with its blank line: whatever came after it would be taken for the next reply.
    @Test func `HEAD is GET without the body, whatever the status`() async throws {
        try await withPages(try ready()) { served in
            for page in PagesTests.pages + ["/nothing", "/api/nothing", "/-/reload"] {
                let got = try await served.get(page)
                let head = try await served.send("HEAD", page)
                #expect(head.status == got.status, "\(page)")
                #expect(head.body.isEmpty, "\(page)")
                #expect(head.headers["content-type"] == got.headers["content-type"], "\(page)")
                // The metrics page has another duration each time, problems another number.
                if !["/metrics", "/api/nothing", "/-/reload"].contains(page) {
                    #expect(head.headers["content-length"] == got.headers["content-length"], "\(page)")
                }
                #expect(head.headers["content-length"].flatMap { Int($0) } ?? 0 > 0, "\(page)")
            }
        }
    }

    @Test func `a connection goes on after HEAD, errors and bodies that nobody asked for`() async throws {
        try await withPages(try ready()) { served in
            let requests = [
                "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", "HEAD /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "HEAD /-/reload HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody",
                "GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            ]
            let bytes = try await RawExchange.bytes(requests.joined(), port: served.port)
            let text = String(decoding: bytes, as: UTF8.self)
            let statuses = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("HTTP/1.1 ") }
                .map { $0.split(separator: " ")[1] }
            #expect(statuses == ["200", "404", "404", "405", "405", "200"])
            #expect(text.hasSuffix("starting\n"))
        }
    }

    @Test func `other methods get 405 and are told which there are`() async throws {
        try await withPages(try ready()) { served in
            for page in PagesTests.pages {
                for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                    let reply = try await served.send(method, page)
                    #expect(reply.status == 405, "\(method) \(page)")
                    #expect(reply.headers["allow"] == "GET, HEAD", "\(method) \(page)")
                }
            }
            for method in ["GET", "HEAD", "DELETE", "PATCH", "OPTIONS"] {
                let reply = try await served.send(method, "/-/reload")
                #expect(reply.status == 405, "\(method)")
                #expect(reply.headers["allow"] == "POST, PUT", "\(method)")
            }
        }
    }

    @Test(arguments: ["/nothing", "/metrics/", "//", "/-/", "/-/quit", "/index.html", "/../metrics", "/%6detrics"])
    func `what is not there is 404`(path: String) async throws {
        try await withPages(try ready()) { served in
            let reply = try await served.get(path)
            #expect(reply.status == 404)
            #expect(reply.text == "nothing here; see /\n")
        }
    }

    private struct Problem: Decodable {
        let type: String
        let title: String
        let status: Int
        let instance: String
    }

    @Test func `errors under the API are problems, each with its own number`() async throws {
        try await withPages(try ready()) { served in
            var instances: Set<String> = []
            for (method, path, status, title) in [
                ("GET", "/api/", 404, "Not Found"), ("GET", "/api/v2/forecasts", 404, "Not Found"),
                ("POST", "/api/v1/forecasts", 405, "Method Not Allowed"),
            ] {
                let reply = try await served.send(method, path)
                #expect(reply.status == status)
                #expect(reply.headers["content-type"] == "application/problem+json")
                let problem = try JSONDecoder().decode(Problem.self, from: Data(reply.body))
                #expect(problem.status == status)
                #expect(problem.title == title)
                #expect(problem.type == "about:blank")
                instances.insert(problem.instance)
            }
            #expect(instances.count == 3)
        }
    }
}
