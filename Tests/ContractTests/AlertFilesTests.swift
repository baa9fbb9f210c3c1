import FoundationEssentials
import Testing
import TestSupport
import Yams

/// An alert is four things with one name: its rule, its tests, its runbook and a panel.
@Suite struct AlertFilesTests {
    private static func alerts() throws -> [Rule] { try Rule.all().filter { $0.alert != nil } }

    @Test func `Names, severities and annotations are as the conventions ask`() throws {
        for rule in try Self.alerts() {
            let name = rule.alert ?? ""
            #expect(name.wholeMatch(of: /([A-Z]+[a-z0-9]+)+/) != nil && name.hasPrefix("Touchline"), "\(name)")
            #expect(name.count <= 40, "\(name)")
            #expect(["critical", "warning", "info"].contains(rule.labels["severity"]), "\(name)")
            let summary = rule.annotations["summary"] ?? ""
            #expect(summary.hasSuffix(".") && !summary.contains("{{"), "\(name): \(summary)")
            #expect(rule.annotations["description"]?.isEmpty == false, "\(name)")
        }
    }

    @Test func `A group has at most 20 rules`() throws {
        for (group, rules) in Dictionary(grouping: try Rule.all(), by: \.group) {
            #expect(rules.count <= 20, "\(group)")
        }
    }

    @Test func `Every alert has a runbook of four parts at its runbook_url, and no runbook is left over`() throws {
        let names = Set(try Self.alerts().compactMap(\.alert))
        let pages = try Repository.files("alerts/runbooks", ending: ".md")
        #expect(Set(pages) == Set(names.map { "alerts/runbooks/\($0).md" }))
        for rule in try Self.alerts() {
            let page = "alerts/runbooks/\(rule.alert ?? "").md"
            #expect(rule.annotations["runbook_url"]?.hasSuffix("/blob/main/\(page)") == true, "\(page)")
            let text = try Repository.text(page)
            for part in ["Meaning", "Impact", "Diagnosis", "Mitigation"] {
                #expect(text.contains("## \(part)\n"), "\(page) has no part \(part)")
            }
        }
    }

    @Test func `Every alert is tested both firing and silent`() throws {
        var firing: [String: Int] = [:]
        var silent: [String: Int] = [:]
        for file in try Repository.files("alerts/tests", ending: ".yml") {
            for test in try Yams.compose(yaml: Repository.text(file))?["tests"]?.array() ?? [] {
                for check in test["alert_rule_test"]?.array() ?? [] {
                    let name = check["alertname"]?.string ?? ""
                    let expected = check["exp_alerts"]?.array() ?? []
                    if expected.isEmpty { silent[name, default: 0] += 1 } else { firing[name, default: 0] += 1 }
                }
            }
        }
        for name in Set(try Self.alerts().compactMap(\.alert)) {
            #expect(firing[name, default: 0] >= 1, "\(name) is never shown to fire")
            // The watchdog is never silent.
            if name != "TouchlineWatchdog" {
                #expect(silent[name, default: 0] >= 2, "\(name) is hardly shown to be silent")
            }
        }
    }

    @Test func `A panel names every alert that it shows the signal of`() throws {
        let texts = try Dashboard.all().flatMap { $0.dashboard.shown.map { $0.description ?? "" } }.joined(
            separator: "\n")
        // The watchdog has no signal of its own.
        for name in Set(try Self.alerts().compactMap(\.alert)) where name != "TouchlineWatchdog" {
            #expect(texts.contains(name), "no panel says that it shows the signal of \(name)")
        }
    }

    @Test func `The page of alerts lists each alert once`() throws {
        let listed = try Repository.text("alerts/README.md").split(separator: "\n").filter {
            $0.hasPrefix("| Touchline")
        }
        .map { String($0.dropFirst(2).prefix { $0 != " " }) }
        #expect(Set(listed) == Set(try Self.alerts().compactMap(\.alert)))
        #expect(Set(listed).count == listed.count)
    }
}
