import FoundationEssentials
import TestSupport
import Testing

@testable import Agent

struct LandingRouteTests {
    private func page(_ agent: Agent) async throws -> String {
        var text = ""
        try await withPages(agent) { served in text = try await served.get("/").text }
        return text
    }

    @Test func `before anything is known the page says so`() async throws {
        let page = try await page(try Example.agent())
        #expect(page.contains("<h1>Touchline</h1>"))
        #expect(page.contains(Version.number))
        #expect(page.contains("not read yet"))
        #expect(page.contains("none yet"))
        #expect(!page.contains("Simulated league"))
        for link in ["/metrics", "/api/v1/forecasts", "/-/ready", "/-/healthy"] {
            #expect(page.contains("<a href=\"\(link)\">"))
        }
    }

    @Test func `what is known is on it`() async throws {
        let agent = try Example.agent()
        agent.snapshots.publish(try await Example.snapshot())
        let page = try await page(agent)
        for text in [
            "no. 7, 3040 matches, trained 2023-11-14 21:13 UTC", "over 120 settled forecasts", "<b>1 columns</b>",
            "<td>Arsenal</td><td>Chelsea</td><td>50.0</td><td>30.0</td><td>20.0</td><td>45.0</td>",
            "<td>ingest</td><td>2023-11-14 22:12 UTC</td><td>ok</td>", "<td>1 failures since</td>",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test func `invented fixtures are announced above everything, and stand in a table of their own`() async throws {
        let agent = try Example.agent()
        agent.snapshots.publish(try await Example.snapshot())
        let text = try await page(agent)
        #expect(text.contains("No feed has answered since 2023-11-13 21:13 UTC"))
        #expect(
            text.contains("<td>simulation</td><td>2023-11-16 22:13 UTC</td><td>Leeds</td><td>Hull</td><td>62.5</td>"))
        var snapshot = try await Example.snapshot()
        snapshot.fallback = .inactive
        agent.snapshots.publish(snapshot)
        #expect(try await !page(agent).contains("imulation"))
    }

    @Test func `a training under way is shown`() async throws {
        let agent = try Example.agent()
        agent.progress.start(trees: 8)
        agent.progress.finishedTree()
        #expect(try await page(agent).contains("1 of 8 trees"))
    }

    @Test func `without a fixture ahead the page says why there is no forecast, and who serves during a training`()
        async throws
    {
        let agent = try Example.agent()
        var snapshot = try await Example.snapshot()
        snapshot.forecasts = []
        agent.snapshots.publish(snapshot)
        #expect(try await page(agent).contains("No fixture is known to be ahead."))
        agent.progress.start(trees: 8)
        let text = try await page(agent)
        #expect(text.contains("0 of 8 trees; no. 7 serves meanwhile"))
        #expect(text.contains("They follow the training."))
    }

    @Test func `a team's name is never markup`() async throws {
        let agent = try Example.agent(Example.settings { $0.web.telemetryPath = "/\"><script>x</script>" })
        var snapshot = Snapshot()
        snapshot.forecasts = [
            Example.prediction(home: "<script>alert(1)</script>", away: "\"><img src=x onerror='y'>&amp;")
        ]
        agent.snapshots.publish(snapshot)
        let page = try await page(agent)
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(page.contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>"))
        #expect(page.contains("&amp;amp;"))
    }

    @Test func `simulated data is announced`() async throws {
        let page = try await page(try Example.agent(isSynthetic: true))
        #expect(page.contains("every match, team and price on this page is invented"))
    }
}
