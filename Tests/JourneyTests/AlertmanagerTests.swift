import Fetch
import FoundationEssentials
import TestSupport
import Testing

extension Journeys {
    /// What a real Alertmanager posts to the agent.
    struct AlertmanagerTests {
        @Test(.timeLimit(.minutes(3)))
        func `an alert that fires and resolves is kept once each, and asks for a training once`() async throws {
            // Nothing is fetched: the port is closed.
            let configuration = """
                feed: {base_url: "http://127.0.0.1:9", attempts: 1, pause: 0s}
                schedule: {ingest: "@every 1h", train: "@every 12h", jitter: 0s}
                """
            try await withHome { home in
                try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_database_up") { $0 == 1 }
                    let file = """
                        route: {receiver: touchline, group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                        receivers:
                          - name: touchline
                            webhook_configs: [{url: "http://127.0.0.1:\(agent.port)/api/v1/alerts/webhook"}]
                        """
                    try await withAlertmanager(in: home.folder, file) { alertmanager in
                        let began = Date().addingTimeInterval(-60).formatted(.iso8601)
                        let alert = """
                            {"labels":{"alertname":"TouchlineDriftDetected","feature":"goals"},\
                            "annotations":{"summary":"Drifted."},"startsAt":"\(began)"
                            """
                        try await alertmanager.post("[\(alert)}]")
                        try await eventually("the firing alert") { try await told(home) == ["firing"] }
                        // Prometheus tells again and again.
                        for _ in 0..<2 { try await alertmanager.post("[\(alert)}]") }
                        let ended = Date().formatted(.iso8601)
                        try await alertmanager.post("[\(alert),\"endsAt\":\"\(ended)\"}]")
                        try await eventually("the resolved alert") { try await told(home) == ["firing", "resolved"] }
                    }
                    let requests = "select source || ' ' || reason from training_requests"
                    #expect(try await home.texts(requests) == ["alert TouchlineDriftDetected fires"])
                    let list = String(decoding: try await agent.get("/api/v1/alerts").bytes, as: UTF8.self)
                    #expect(list.contains(#""feature":"goals""#) && list.contains(#""status":"resolved""#))
                    let page = try await agent.metrics()
                    #expect(page[#"touchline_alert_notifications_total{status="resolved"}"#] == 1)
                }
            }
        }

        private func told(_ home: AgentHome) async throws -> [String] {
            try await home.texts("select status from alert_notifications order by id")
        }
    }
}
