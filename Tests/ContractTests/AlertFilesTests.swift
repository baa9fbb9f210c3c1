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

    /// With `TOUCHLINE_REWRITE` set the pages are made equal instead of compared.
    @Test(arguments: [("alerts/README.md", "runbooks"), ("README.md", "alerts/runbooks")])
    func `The tables of alerts are those of the rules`(page: String, runbooks: String) throws {
        let rules = Dictionary(grouping: try Self.alerts()) { $0.alert ?? "" }
        let expected = try Self.alerts().compactMap(\.alert).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }.map { name in
            let severities = (rules[name] ?? []).compactMap { $0.labels["severity"] }.joined(separator: ", ")
            let summary = rules[name]?.first?.annotations["summary"] ?? ""
            return "| \(name) | \(severities) | \(summary) | [page](\(runbooks)/\(name).md) |"
        }
        var lines = try Repository.text(page).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isRow = { (line: String) in line.hasPrefix("| Touchline") }
        guard ProcessInfo.processInfo.environment["TOUCHLINE_REWRITE"] != nil else {
            #expect(
                lines.filter(isRow) == expected,
                "TOUCHLINE_REWRITE=1 swift test --filter AlertFilesTests writes the table of \(page)")
            return
        }
        let start = try #require(lines.firstIndex(where: isRow))
        lines.removeAll(where: isRow)
        lines.insert(contentsOf: expected, at: start)
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: "\(Repository.root)/\(page)"))
    }

    @Test func `The pages of alerts and the runbooks link to nothing that is missing`() throws {
        let pages = try ["README.md", "alerts/README.md"] + Repository.files("alerts/runbooks", ending: ".md")
        for page in pages {
            let folder = page.split(separator: "/").dropLast().joined(separator: "/")
            for link in try Repository.text(page).matches(of: /\]\(([^)#:]+)\)/) {
                let path = "\(Repository.root)/\(folder)/\(link.output.1)"
                #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(link.output.1)")
            }
        }
    }
}
