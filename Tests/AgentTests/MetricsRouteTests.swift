import TestSupport
import Testing

@testable import Agent

struct MetricsRouteTests {
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    private static let text = "text/plain; version=0.0.4; charset=utf-8"

    @Test(arguments: [
        (nil, text), ("*/*", text), ("text/html", text), ("", text), ("nonsense;;q=", text), ("text/plain", text),
        ("application/openmetrics-text", "application/openmetrics-text; version=0.0.1; charset=utf-8"),
        ("application/openmetrics-text;version=1.0.0", openMetrics),
        ("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", openMetrics),
        ("application/openmetrics-text;q=0.1,text/plain;q=0.9", text),
        ("application/openmetrics-text;q=0", text),
    ])
    func `the format is the one that is asked for`(accept: String?, contentType: String) async throws {
        try await withPages(try Example.agent()) { served in
            let reply = try await served.get("/metrics", accept: accept)
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == contentType)
            #expect(reply.headers["vary"] == "Accept, Accept-Encoding")
            #expect(reply.text.hasSuffix("# EOF\n") == contentType.hasPrefix("application/openmetrics"))
            #expect(reply.text.contains("\ntouchline_build_info{"))
        }
    }

    @Test func `several Accept headers are one list`() async throws {
        try await withPages(try Example.agent()) { served in
            let reply = try await served.send(
                "GET", "/metrics",
                headers: ["Accept: text/html;q=0.9", "Accept: application/openmetrics-text;version=1.0.0"])
            #expect(reply.headers["content-type"] == MetricsRouteTests.openMetrics)
        }
    }

    @Test func `more scrapes at once than the settings allow get 503, and are counted`() async throws {
        let agent = try Example.agent(Example.settings { $0.web.maximumRequests = 2 })
        let instruments = agent.responder.metrics.instruments
        try await withPages(agent) { served in
            #expect(instruments.enter(limit: 2))
            #expect(try await served.get("/metrics").status == 200)
            #expect(instruments.enter(limit: 2))
            let refused = try await served.get("/metrics")
            #expect(refused.status == 503)
            #expect(refused.text.contains("web.max_requests"))
            #expect(try await served.get("/-/healthy").status == 200)
            instruments.leave()
            #expect(try await served.metric("touchline_scrapes_total{code=\"503\"}") == 1)
            #expect(try await served.metric("touchline_scrapes_in_flight") == 2)
            instruments.leave()
        }
    }

    @Test func `many scrapes at once are all answered, and leave none in flight`() async throws {
        try await withPages(try Example.agent()) { served in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await served.get("/metrics").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 20))
            #expect(try await served.metric("touchline_scrapes_total{code=\"200\"}") == 20)
            #expect(try await served.metric("touchline_scrapes_in_flight") == 1)
            #expect(try await served.metric("touchline_scrape_duration_seconds_count") == 22)
        }
    }

    @Test func `the page is where the settings put it, and follows a reload`() async throws {
        let moved = Example.settings {
            $0.web.telemetryPath = "/elsewhere"
            $0.web.enableLifecycle = true
        }
        let settings = Example.settings { $0.web.enableLifecycle = true }
        let agent = try Example.agent(settings, load: { () throws(SettingsError) in moved })
        try await withPages(agent) { served in
            #expect(try await served.get("/metrics").status == 200)
            #expect(try await served.get("/elsewhere").status == 404)
            let reloaded = try await served.send("POST", "/-/reload")
            #expect(reloaded.status == 200)
            #expect(try await served.get("/metrics").status == 404)
            #expect(try await served.get("/elsewhere").text.contains("touchline_build_info"))
            #expect(try await served.get("/").text.contains("href=\"/elsewhere\""))
        }
    }
}
