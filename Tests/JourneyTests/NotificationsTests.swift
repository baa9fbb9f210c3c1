import FoundationEssentials
import TestSupport
import Testing

extension Journeys {
    /// What people receive: mail, Slack and a pager's call, sent by a real Alertmanager with the shipped templates.
    struct NotificationsTests {
        @Test(.timeLimit(.minutes(3)))
        func `a page and a ticket reach mail, Slack and the pager, and their ends do, in words one can read`()
            async throws
        {
            let mail = try MailServer()
            let web = try LoopbackServer { _ in .text("ok") }
            try await withFolder { folder in
                let file = try configuration(folder, mail: mail.port, web: web)
                try await withAlertmanager(in: folder, file) { alertmanager in
                    let began = Date().addingTimeInterval(-60).formatted(.iso8601)
                    let page = alert("TouchlineDatabaseDown", "critical", "Touchline cannot reach PostgreSQL.", began)
                    let ticket = alert("TouchlineFeedStale", "warning", "A feed has not been read.", began)
                    let watchdog = alert("TouchlineWatchdog", "info", "Alerting works.", began)
                    try await alertmanager.post("[\(page)},\(ticket)},\(watchdog)}]")
                    try await eventually("the first mail") { mail.mails.count == 1 }
                    try await eventually("two messages in Slack") { try slack(web).count == 2 }
                    let ended = ",\"endsAt\":\"\(Date().formatted(.iso8601))\"}"
                    try await alertmanager.post("[\(page)\(ended),\(ticket)\(ended)]")
                    try await eventually("the second mail") { mail.mails.count == 2 }
                    try await eventually("four messages in Slack") { try slack(web).count == 4 }
                    try await eventually("two calls of the pager") { calls(web, "/pager").count == 2 }
                    try await eventually("the dead man's switch") { !calls(web, "/switch").isEmpty }
                }
                try looksRight(mail.mails)
                try looksRight(slack(web))
                #expect(calls(web, "/pager").allSatisfy { $0.headers["authorization"] == "Bearer s3cret" })
                #expect(calls(web, "/switch").allSatisfy { $0.text.contains("TouchlineWatchdog") })
                #expect(!mail.mails.contains { $0.text.contains("TouchlineFeedStale") }, "a ticket gets nobody up")
            }
        }

        private func looksRight(_ mails: [Mail]) throws {
            let (firing, resolved) = (try #require(mails.first), try #require(mails.last))
            print("journey: mail: \(firing.header("Subject") ?? "")\n\(firing.part("text/plain") ?? "")")
            print("journey: mail: \(resolved.header("Subject") ?? "")\n\(resolved.part("text/plain") ?? "")")
            #expect(firing.sender == "touchline@mail.example" && firing.recipients == ["oncall@mail.example"])
            #expect(
                firing.header("Subject") == "[FIRING 1] TouchlineDatabaseDown (critical) on league:9876",
                "\(firing.text)")
            #expect(resolved.header("Subject") == "[RESOLVED] TouchlineDatabaseDown (critical) on league:9876")
            for part in ["text/plain", "text/html"] {
                let text = try #require(firing.part(part), "\(firing.text)")
                #expect(text.contains("Touchline cannot reach PostgreSQL."))
                let said = part == "text/html" ? "2 &lt; 3 &amp; more, 97.5%." : "2 < 3 & more, 97.5%."
                #expect(text.contains(said))
                #expect(text.contains("/runbooks/TouchlineDatabaseDown.md"))
                #expect(!text.contains("{{") && !text.contains("<no value>"))
                #expect(resolved.part(part)?.contains("Over since 20") == true)
            }
        }

        private func looksRight(_ messages: [SlackMessage]) throws {
            for (name, color) in [("TouchlineDatabaseDown", "danger"), ("TouchlineFeedStale", "warning")] {
                let two = messages.flatMap(\.attachments).filter { $0.title.contains(name) }
                let (firing, resolved) = (try #require(two.first), try #require(two.last))
                print(
                    "journey: Slack: \(firing.title)\n\(firing.text)\njourney: Slack: \(resolved.title)\n\(resolved.text)"
                )
                #expect(firing.title.hasPrefix("[FIRING 1] \(name)") && firing.color == color)
                #expect(firing.text.contains("|what to do>") && firing.text.contains("Since 20"))
                #expect(resolved.title.hasPrefix("[RESOLVED] \(name)") && resolved.color == "good")
                #expect(resolved.text.hasPrefix("Over since 20"))
            }
            #expect(messages.allSatisfy { $0.channel == "#touchline" })
        }

        private struct SlackMessage: Decodable {
            struct Attachment: Decodable {
                let title: String
                let text: String
                let color: String
            }

            let channel: String
            let attachments: [Attachment]
        }

        private func slack(_ web: LoopbackServer) throws -> [SlackMessage] {
            try calls(web, "/slack").map { try JSONDecoder().decode(SlackMessage.self, from: Data($0.text.utf8)) }
        }

        private func calls(_ web: LoopbackServer, _ path: String) -> [(headers: [String: String], text: String)] {
            web.requests.filter { $0.path == path }.map { ($0.headers, String(decoding: $0.body, as: UTF8.self)) }
        }

        /// An alert as Prometheus tells of it, without the closing brace.
        private func alert(_ name: String, _ severity: String, _ summary: String, _ began: String) -> String {
            """
            {"labels":{"alertname":"\(name)","severity":"\(severity)","job":"touchline","instance":"league:9876"},\
            "annotations":{"summary":"\(summary)","description":"It says so since 2 < 3 & more, 97.5%.",\
            "runbook_url":"https://github.com/touchline-monitor/touchline/blob/main/alerts/runbooks/\(name).md"},\
            "generatorURL":"http://prometheus.example/graph?g0.expr=x","startsAt":"\(began)"
            """
        }

        /// The shipped example: addresses, secrets and how long notifications wait are others, and there is no TLS.
        private func configuration(_ folder: String, mail: UInt16, web: LoopbackServer) throws -> String {
            try Data("\(web.url("/slack"))".utf8).write(to: URL(filePath: "\(folder)/slack-url"))
            try Data("s3cret".utf8).write(to: URL(filePath: "\(folder)/pager-token"))
            return try Repository.text("prometheus/examples/alertmanager.yml")
                .replacing(/smtp_smarthost: .+/, with: "smtp_smarthost: 127.0.0.1:\(mail)\n  smtp_require_tls: false")
                .replacing(/[ ]+smtp_auth_.+\n/, with: "")
                .replacing("/etc/prometheus/", with: "\(folder)/")
                .replacing("../templates/", with: "\(Repository.root)/prometheus/templates/")
                .replacing("https://pager.example/v1/alerts", with: web.url("/pager"))
                .replacing("https://deadman.example/touchline", with: web.url("/switch"))
                .replacing(/(group_wait|group_interval): \d+[a-z]+/) { "\($0.output.1): 1s" }
        }
    }
}
