import Agent
import FoundationEssentials
import Testing
import TestSupport

@Suite struct ReadmeTests {
    @Test func `The configuration table has every key with its default, and no other`() throws {
        let rows = try Repository.text("README.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { $0.split(separator: "|").map { $0.trimmed } }
        let documented = rows.filter { $0.count == 3 && !$0[0].contains("/") && !$0[0].contains("touchline_") }
            .reduce(into: [String: String]()) { $0[$1[0].unquoted] = $1[1].unquoted }
        var effective: [String: String] = [:]
        var section = ""
        for line in Settings(stateDirectory: "/s").yaml.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmed)
            guard parts.count == 2, !parts[1].isEmpty else {
                section = parts[0] + "."
                continue
            }
            effective[(line.hasPrefix(" ") ? section : "") + parts[0]] = parts[1]
        }
        // These depend on the machine or the day, or have no default to print.
        let described: Set = ["state_directory", "feed.last_season", "model.threads"]
        #expect(Set(documented.keys) == Set(effective.keys).union(described))
        for (key, value) in effective where !described.contains(key) {
            let plain = key == "web.listen_addresses" ? value : value.replacing("\"", with: "")
            #expect(documented[key] == (plain.isEmpty ? "empty" : plain), "\(key)")
        }
    }

    @Test func `Both commands install what they need first`() throws {
        for mark in ["<!-- demo command -->", "<!-- test command -->"] {
            let block = try Repository.text("README.md").split(separator: "\n").map(String.init)
            let start = try #require(block.firstIndex(of: mark))
            #expect(block[start + 1] == "```sh")
            #expect(block[start + 2].hasPrefix(".ci/install"))
            #expect(block[start + 3] == "```")
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    fileprivate var unquoted: String { String(self).replacing("`", with: "") }
}
