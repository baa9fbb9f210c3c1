internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct CheckRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Compare a running Prometheus' rules, and the dashboards, with what this program exposes.",
        discussion: """
            Finds shipped rules that Prometheus has not loaded (missing), names that nobody exposes (unknown), rules whose
            evaluation fails (failing) or never happened (never_evaluated), and series without a sample within the last
            hour (absent). The last may be in order, because what is not known is not exposed; all others are exit code 1.

              touchline check rules --prometheus http://localhost:9090
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "URL of the Prometheus to ask.")
    var prometheus = "http://localhost:9090"

    @Option(
        help: """
            Folder with the shipped 'alerts', 'prometheus' and 'dashboards'. (default: this folder if it has them, else \
            /usr/share/touchline; without either only Prometheus' own rules are looked at)
            """)
    var shipped: String?

    @Flag(help: "Let absent series be exit code 1, too.")
    var strict = false

    @Flag(help: "Print what was found as JSON.")
    var json = false

    func run() async throws {
        let catalogue = try configuration.agent(logging: .error).catalogue
        let report = try await RuleCheck(prometheus: prometheus, shipped: shipped ?? RuleCheck.shippedFolder).run(
            catalogue, now: Date())
        if json {
            Terminal.print(try JSONText.of(report))
        } else {
            Terminal.print(Tables.rules(report))
        }
        guard report.isInOrder, !strict || report.findings.isEmpty else { throw ExitCode(1) }
    }
}

extension Tables {
    /// What a check of rules found, a finding a line.
    fileprivate static func rules(_ report: RuleCheck.Report) -> String {
        let summary =
            "\(report.rules) rules loaded, \(report.expressions) expressions read, \(report.names) names exposed"
        guard !report.findings.isEmpty else { return "\(summary): all in order" }
        let rows = [["finding", "name", "detail"]] + report.findings.map { [$0.kind.rawValue, $0.name, $0.detail] }
        return "\(summary)\n" + table(rows)
    }
}
