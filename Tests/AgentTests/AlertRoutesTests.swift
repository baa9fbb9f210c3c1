import FoundationEssentials
import History
import TestSupport
import Testing

@testable import Agent

struct AlertRoutesTests {
    /// What Alertmanager 0.25 posts, with a member that only a later version could have.
    private static func payload(
        version: String = "4", status: String = "firing", fingerprint: String = "c5c8f6a3b0d1e2f4",
        startsAt: String = "2024-01-01T00:00:00.123456789+02:00",
        labels: String = #"{"alertname":"TouchlineDriftDetected"}"#
    ) -> String {
        """
        {"receiver":"touchline","status":"\(status)","later":{"any":[1]},"alerts":[{"status":"\(status)",
        "labels":\(labels),"annotations":{"summary":"Drifted."},"startsAt":"\(startsAt)",
        "endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://p/graph","fingerprint":"\(fingerprint)"}],
        "groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://a","version":"\(version)",
        "groupKey":"{}","truncatedAlerts":0}
        """
    }

    @Test func `a payload becomes notifications`() throws {
        let alerts = try AlertPayload.notifications(
            Array(Self.payload().utf8), at: Example.instant, trainingAlerts: ["TouchlineDriftDetected"])
        let alert = try #require(alerts.first)
        #expect(alerts.count == 1 && alert.name == "TouchlineDriftDetected" && alert.asksForTraining)
        #expect(abs(alert.startsAt.timeIntervalSince1970 - 1_704_060_000.123456789) < 1e-6)
        #expect(alert.endsAt == nil && alert.receiver == "touchline" && alert.receivedAt == Example.instant)
        let other = try AlertPayload.notifications(
            Array(Self.payload(status: "resolved").utf8), at: Example.instant, trainingAlerts: [])
        #expect(other.first?.endsAt != nil && other.first?.asksForTraining == false)
    }

    @Test(arguments: [
        (payload(version: "3"), "version is \"3\"; only \"4\" is understood"),
        (payload(status: "pending"), "alerts[0].status is not understood"),
        (payload(fingerprint: ""), "alerts[0].fingerprint must have 1 to 128 bytes"),
        (payload(startsAt: "yesterday"), "alerts[0].startsAt is no RFC 3339 time: yesterday"),
        (payload(startsAt: "2024-02-30T00:00:00Z"), "alerts[0].startsAt is no RFC 3339 time: 2024-02-30T00:00:00Z"),
        (payload(labels: "{}"), "alerts[0].labels has no alertname"),
        (payload(labels: #"{"alertname":1}"#), "alerts[0].labels.alertname is of the wrong type"),
        (payload(labels: #"{"alertname":"A\u0000"}"#), "alerts[0] has a text with the character U+0000"),
        (payload(labels: "[]"), "alerts[0].labels is of the wrong type"),
        (#"{"version":"4","receiver":"r"}"#, "alerts is missing"), ("{", "the body is no JSON"),
        ("", "the body is no JSON"), ("[]", "the body is of the wrong type"),
    ])
    func `a payload that does not fit is refused with the place`(text: String, why: String) {
        let error = #expect(throws: AlertPayloadError.self) {
            try AlertPayload.notifications(Array(text.utf8), at: Example.instant, trainingAlerts: [])
        }
        #expect(error?.why == why)
    }

    @Test func `alerts are kept once, listed, and counted; what is wrong is a problem`() async throws {
        let database = try await TestDatabase.migrated()
        let agent = try Example.agent(
            Example.settings { $0.database.connectionString = database.connectionString })
        let path = "/api/v1/alerts/webhook"
        try await withPages(agent) { pages in
            for body in [#"{"received":1,"new":1}"#, #"{"received":1,"new":0}"#] {
                let reply = try await pages.send("POST", path, body: Self.payload())
                #expect(reply.status == 200 && reply.text == body)
            }
            let list = try await pages.get("/api/v1/alerts?limit=10")
            #expect(list.status == 200 && list.text.contains(#""action":"training_requested""#))
            #expect(list.text.contains(#""startsAt":"2023-12-31T22:00:00Z""#))
            let refused = try await pages.send("POST", path, body: Self.payload(version: "5"))
            #expect(refused.status == 400 && refused.text.contains(#""detail":"version is"#))
            #expect(refused.headers["content-type"] == "application/problem+json")
            let large = try await pages.send("POST", path, body: String(repeating: " ", count: (1 << 20) + 1))
            #expect(large.status == 413)
            #expect(try await pages.send("GET", path).status == 405)
            #expect(try await pages.get("/api/v1/alerts?limit=0").status == 400)
            #expect(try await pages.metric(#"touchline_alert_notifications_total{status="firing"}"#) == 2)
            #expect(try await pages.metric(#"touchline_alert_webhook_refusals_total{reason="malformed"}"#) == 1)
        }
        await agent.history.close()
    }

    @Test func `a webhook that is turned off refuses`() async throws {
        let agent = try Example.agent(Example.settings { $0.alerts.webhook = false })
        try await withPages(agent) { pages in
            let reply = try await pages.send("POST", "/api/v1/alerts/webhook", body: Self.payload())
            #expect(reply.status == 403 && reply.text.contains("alerts.webhook turns it on"))
        }
    }
}
