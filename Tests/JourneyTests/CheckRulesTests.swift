import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension UntimedJourneys {
    /// `touchline check rules` before a Prometheus that has the rules, and one that has others.
    struct CheckRulesTests {
        @Test(.timeLimit(.minutes(3)))
        func `rules as shipped are in order; what is missing, unknown, failing or never evaluated is found`()
            async throws
        {
            try await withFolder { folder in
                let files = "\(Repository.root)/alerts/*.rules.yml, \(Repository.root)/prometheus/*.rules.yml"
                let inOrder = try await Self.check(folder, rules: files, [])
                #expect(inOrder.status == .exited(0), "\(inOrder.said)")
                // No agent is scraped, so that every series is absent, which may be in order, unless one is strict.
                #expect(inOrder.said.contains("absent"))
                #expect(!inOrder.said.contains("\nmissing ") && !inOrder.said.contains("\nunknown "))
                #expect(try await Self.check(folder, rules: files, ["--strict"]).status == .exited(1))

                // Every series matches many others, which no rule may leave undecided.
                let bad = """
                    groups:
                      - name: bad
                        rules:
                          - {record: "job:touchline_gone:sum", expr: sum by (job) (touchline_gone_total)}
                          - {record: "job:touchline_failing:sum", expr: "up + on (job) {job='self'} + on () touchline_leader"}
                      - name: patient
                        interval: 10y
                        rules:
                          - {record: "job:touchline_waiting:sum", expr: sum by (job) (touchline_leader)}
                    """
                try Data(bad.utf8).write(to: URL(filePath: "\(folder)/bad.rules.yml"))
                let found = try await Self.check(folder, rules: "\(folder)/bad.rules.yml", ["--json"])
                #expect(found.status == .exited(1))
                let report = try JSONDecoder().decode(Report.self, from: Data(found.said.utf8))
                let kinds = Dictionary(grouping: report.findings, by: \.kind)
                #expect(kinds["unknown"]?.map(\.name) == ["touchline_gone_total"])
                #expect(kinds["missing"]?.contains { $0.name == "TouchlineDown" } == true)
                #expect(kinds["failing"]?.map(\.name) == ["job:touchline_failing:sum"])
                #expect(kinds["never_evaluated"]?.map(\.name) == ["job:touchline_waiting:sum"])
            }
        }

        private struct Report: Decodable {
            struct Finding: Decodable {
                let kind: String
                let name: String
            }

            let findings: [Finding]
        }

        /// Runs the check against a Prometheus with these rules, once it has evaluated them.
        private static func check(
            _ folder: String, rules: String, _ arguments: [String]
        ) async throws -> (status: TerminationStatus, said: String) {
            let configuration = """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [\(rules)]
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:9090"]}]}]
                """
            try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/prometheus.yml"))
            return try await SampleServer.prometheus(folder, data: "data-\(UUID().uuidString)") { server in
                try await server.waitsForItself()
                try await Task.sleep(for: .seconds(2))
                let log = "\(folder)/check.log"
                let outcome = try await withProcess(
                    try Product.touchline,
                    ["check", "rules", "--prometheus", server.url, "--shipped", Repository.root] + arguments, log: log
                ) { process in try await eventually("the end of the check") { process.isDone } }
                return (outcome.status, try String(contentsOfFile: log, encoding: .utf8))
            }
        }
    }
}
