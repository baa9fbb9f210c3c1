import FoundationEssentials
import History
import TestSupport
import Testing

@testable import Agent

struct TrainRouteTests {
    @Test func `a wish is kept with its reason, and is answered before anything is trained`() async throws {
        let database = try await TestDatabase.migrated()
        let agent = try Example.agent(
            Example.settings {
                $0.web.enableLifecycle = true
                $0.database.connectionString = database.connectionString
            })
        try await withPages(agent) { served in
            #expect(try await served.send("POST", "/api/v1/train").status == 202)
            let reply = try await served.send("POST", "/api/v1/train", body: #"{"reason": "new odds", "more": 1}"#)
            #expect(reply.status == 202 && reply.text == #"{"status":"requested"}"#)
            for body in ["{", "[1]", #"{"reason": 7}"#] {
                let bad = try await served.send("POST", "/api/v1/train", body: body)
                #expect(bad.status == 400 && bad.text.contains("is not JSON such as"))
            }
            #expect(
                try await served.send("POST", "/api/v1/train", body: String(repeating: " ", count: 5_000)).status == 413
            )
            #expect(try await served.get("/api/v1/train").status == 405)
        }
        await agent.history.close()
        let history = database.history(maximumConnections: 1)
        #expect(try await history.openTrainingRequests().map(\.reason) == ["asked for by the API", "new odds"])
        await history.close()
    }

    @Test func `it is forbidden while lifecycle endpoints are off, and unavailable without a database`() async throws {
        try await withPages(try Example.agent()) { served in
            let reply = try await served.send("POST", "/api/v1/train")
            #expect(reply.status == 403)
        }
        let away = try Example.agent(
            Example.settings {
                $0.web.enableLifecycle = true
                $0.database.connectionString = "host=/nonexistent"
            })
        try await withPages(away) { served in
            let reply = try await served.send("POST", "/api/v1/train")
            #expect(reply.status == 503 && reply.text.contains("unavailable"))
        }
    }
}
