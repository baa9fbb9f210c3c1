import FoundationEssentials
import History
import TestSupport
import Testing

@testable import Agent

struct ForecastsRouteTests {
    private struct Page: Decodable {
        struct Fallback: Decodable {
            let source: String
            let since: Date
            let warning: String
        }

        struct Forecast: Decodable {
            let source: String
            let division: String
            let season: String
            let home: String
            let away: String
            let deadline: Date
            let madeAt: Date
            let model: Int
            let probabilities: [String: Double]
            let market: [String: Double]?
        }

        let synthetic: Bool
        let fallback: Fallback?
        let forecasts: [Forecast]
    }

    private func page(_ agent: Agent) async throws -> Page {
        var body: [UInt8] = []
        try await withPages(agent) { served in body = try await served.get("/api/v1/forecasts").body }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Page.self, from: Data(body))
    }

    @Test func `without forecasts the list is empty`() async throws {
        let page = try await page(try Example.agent())
        #expect(page.forecasts.isEmpty)
        #expect(page.fallback == nil)
    }

    @Test func `each forecast has its match, its model and both sets of probabilities`() async throws {
        let agent = try Example.agent(isSynthetic: true)
        var snapshot = Snapshot()
        var unpriced = Example.prediction(home: "\"Quoted\" \\ </script>", away: "Ünïcode")
        unpriced.market = nil
        snapshot.forecasts = [Example.prediction(), unpriced]
        agent.snapshots.publish(snapshot)
        let page = try await page(agent)
        #expect(page.synthetic)
        #expect(page.forecasts.map(\.source) == ["simulation", "simulation"])
        #expect(page.forecasts.map(\.home) == ["Arsenal", "\"Quoted\" \\ </script>"])
        #expect(page.forecasts.map(\.away) == ["Chelsea", "Ünïcode"])
        let first = try #require(page.forecasts.first)
        #expect(first.division == "E0")
        #expect(first.season == "2023/24")
        #expect(first.model == 7)
        #expect(first.deadline == Example.instant.addingTimeInterval(86_400))
        #expect(first.madeAt == Example.instant)
        #expect(first.probabilities == ["home": 0.5, "draw": 0.3, "away": 0.2])
        #expect(first.market == ["home": 0.45, "draw": 0.25, "away": 0.3])
        #expect(page.forecasts.last?.market == nil)
    }

    @Test func `a match that has kicked off since the forecasts were made is no longer ahead`() async throws {
        let agent = try Example.agent()
        var snapshot = Snapshot()
        var begun = Example.prediction(home: "Leeds", away: "Hull")
        begun.deadline = Example.instant
        snapshot.forecasts = [begun, Example.prediction()]
        agent.snapshots.publish(snapshot)
        #expect(try await page(agent).forecasts.map(\.home) == ["Arsenal"])
        try await withPages(agent) { served in
            let landing = String(decoding: try await served.get("/").body, as: UTF8.self)
            #expect(landing.contains("<td>Arsenal</td>"))
            #expect(!landing.contains("<td>Leeds</td>"))
        }
    }

    @Test func `forecasts of invented fixtures are marked one by one, and the page says why they are there`()
        async throws
    {
        let agent = try Example.agent()
        agent.snapshots.publish(try await Example.snapshot())
        let page = try await page(agent)
        #expect(!page.synthetic)
        #expect(page.forecasts.map(\.source) == ["feeds", "feeds", "simulation"])
        #expect(page.fallback?.source == "simulation")
        #expect(page.fallback?.since == Example.instant.addingTimeInterval(-90_000))
        #expect(page.fallback?.warning.contains("invented") == true)
        let last = try #require(page.forecasts.last)
        #expect(last.home == "Leeds" && last.away == "Hull")
        #expect(last.probabilities == ["home": 0.625, "draw": 0.25, "away": 0.125])
        #expect(last.market == ["home": 0.5, "draw": 0.3, "away": 0.2])
    }
}
