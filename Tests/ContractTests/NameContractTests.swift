import Agent
import FoundationEssentials
import Testing
import TestSupport

/// Every metric that a shipped file names exists, and every metric that exists is used.
@Suite struct NameContractTests {
    private static func catalogue() throws -> [Metric] {
        let settings = Settings(stateDirectory: "/nonexistent")
        return try Agent(settings: settings, load: { settings }).catalogue
    }

    /// The names of a metric's series.
    private static func series(_ metric: Metric) -> [String] {
        switch metric.kind {
        case "histogram": ["_bucket", "_sum", "_count"].map { metric.name + $0 }
        case "gaugehistogram": ["_bucket", "_gsum", "_gcount"].map { metric.name + $0 }
        default: [metric.name]
        }
    }

    private static func used() throws -> [(place: String, names: Set<String>)] {
        try Rule.all().map { ("\($0.file): \($0.alert ?? $0.record ?? "")", PromQL.names(in: $0.expression)) }
            + Dashboard.all().flatMap { file, dashboard in
                dashboard.expressions.map { (file, PromQL.names(in: $0)) }
            }
    }

    @Test func `Every series that a rule or a panel reads is exposed or recorded`() throws {
        let exposed = Set(try Self.catalogue().flatMap(Self.series))
        let recorded = Set(try Rule.all().compactMap(\.record))
        for (place, names) in try Self.used() {
            let unknown = names.subtracting(exposed).subtracting(recorded)
            #expect(unknown.isEmpty, "\(place) reads \(unknown.sorted())")
        }
    }

    @Test func `Every metric is read by a rule or a panel`() throws {
        let used = try Self.used().reduce(into: Set<String>()) { $0.formUnion($1.names) }
        let unused = try Self.catalogue().filter { metric in Self.series(metric).allSatisfy { !used.contains($0) } }
        #expect(unused.isEmpty, "nobody reads \(unused.map(\.name))")
    }

    @Test func `Every recording rule is read by an alert or a panel`() throws {
        let used = try Self.used().reduce(into: Set<String>()) { $0.formUnion($1.names) }
        for rule in try Rule.all() {
            if let record = rule.record { #expect(used.contains(record), "\(record) is recorded for nobody") }
        }
    }

    @Test func `The README's table of metrics is the catalogue`() throws {
        let documented = try Repository.lines(of: "README.md", from: "<!-- metrics -->", to: "<!-- end -->").dropFirst(
            2)
        let expected = try Self.catalogue().map { metric in
            let labels = metric.labels.map { "`\($0)`" }.joined(separator: " ")
            return "| `\(metric.name)` | \(metric.kind) | \(labels) | \(metric.help) |"
        }
        #expect(Array(documented) == expected)
    }

    @Test func `The README and the runbooks name no metric that does not exist`() throws {
        let known = Set(try Self.catalogue().flatMap { Self.series($0) + [$0.name] })
        let recorded = Set(try Rule.all().compactMap(\.record))
        for file in try ["README.md"] + Repository.files("alerts/runbooks", ending: ".md") {
            let names = try PromQL.names(in: Repository.text(file).replacing("\"", with: " ").replacing("'", with: " "))
            for name in names where name.hasPrefix("touchline_") && !name.hasSuffix("_") {
                #expect(known.contains(name) || recorded.contains(name), "\(file) names \(name)")
            }
        }
    }
}
