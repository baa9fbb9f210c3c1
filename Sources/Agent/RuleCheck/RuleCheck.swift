public import FoundationEssentials

/// Compares what a running Prometheus evaluates, and what the shipped rules and dashboards read, with what this program exposes.
public struct RuleCheck: Sendable {
    /// What can be wrong.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A shipped rule that Prometheus has not loaded.
        case missing
        /// A name that a rule or a panel reads, and that neither this program exposes nor a rule records.
        case unknown
        /// A rule whose last evaluation failed.
        case failing
        /// A rule that Prometheus has loaded and never evaluated.
        case neverEvaluated = "never_evaluated"
        /// A name that exists, and of which Prometheus has had no sample for an hour.
        ///
        /// That may be in order: what is not known is not exposed.
        case absent
    }

    /// Something that was found.
    public struct Finding: Codable, Sendable, Hashable {
        /// What it is.
        public let kind: Kind
        /// The name of the rule or the series.
        public let name: String
        /// Who reads it, or what Prometheus says.
        public let detail: String
    }

    /// What a check came to.
    public struct Report: Codable, Sendable {
        /// Rules that Prometheus has loaded.
        public let rules: Int
        /// Expressions that were looked at, the shipped ones included.
        public let expressions: Int
        /// Names of series that this program can expose.
        public let names: Int
        /// What was found, by kind and name.
        public let findings: [Finding]

        /// Whether nothing was found but absent series, which may be in order.
        public var isInOrder: Bool { findings.allSatisfy { $0.kind == .absent } }
    }

    /// Where the shipped rules and dashboards are: in this folder if it has them, else where a package puts them.
    public static var shippedFolder: String? {
        [FileManager.default.currentDirectoryPath, "/usr/share/touchline"].first { folder in
            ["alerts", "prometheus", "dashboards"].allSatisfy {
                FileManager.default.fileExists(atPath: "\(folder)/\($0)")
            }
        }
    }

    private let prometheus: RunningPrometheus
    private let shipped: ShippedFiles?

    /// Prepares a check.
    ///
    /// - Parameters:
    ///   - prometheus: The server's URL.
    ///   - shipped: The folder with `alerts`, `prometheus` and `dashboards`; nil to look at the server's rules alone.
    /// - Throws: ``AgentError/job(_:)`` if the folder cannot be read.
    public init(prometheus: String, shipped: String?) throws(AgentError) {
        self.prometheus = RunningPrometheus(url: prometheus)
        if let shipped { self.shipped = try ShippedFiles(folder: shipped) } else { self.shipped = nil }
    }

    /// Asks the server and compares.
    ///
    /// - Parameters:
    ///   - catalogue: What this program can expose.
    ///   - now: The present.
    /// - Returns: What was found.
    /// - Throws: ``AgentError/job(_:)`` if the server does not answer as Prometheus does.
    public func run(_ catalogue: [Metric], now: Date) async throws(AgentError) -> Report {
        let loaded = try await prometheus.rules()
        let present = try await prometheus.names(now: now)
        let exposed = Set(catalogue.flatMap(\.seriesNames))
        let recorded = Set(loaded.map(\.name)).union(shipped?.rules ?? [])
        var findings: Set<Finding> = []
        for rule in loaded where concernsUs(rule) {
            if rule.health == "err" {
                findings.insert(
                    Finding(kind: .failing, name: rule.name, detail: rule.lastError ?? "no reason is given"))
            } else if !rule.isEvaluated {
                findings.insert(Finding(kind: .neverEvaluated, name: rule.name, detail: "loaded, not evaluated"))
            }
        }
        for name in (shipped?.rules ?? []).subtracting(loaded.map(\.name)) {
            findings.insert(Finding(kind: .missing, name: name, detail: "shipped, and not loaded by Prometheus"))
        }
        let readers =
            loaded.filter(concernsUs).map { ShippedFiles.Reader(place: "Prometheus: \($0.name)", expression: $0.query) }
            + (shipped?.readers ?? [])
        for reader in readers {
            for name in SeriesNames.all(in: reader.expression) {
                if !exposed.contains(name), !recorded.contains(name) {
                    findings.insert(Finding(kind: .unknown, name: name, detail: "read by \(reader.place)"))
                } else if !present.contains(name), !findings.contains(where: { $0.name == name }) {
                    findings.insert(Finding(kind: .absent, name: name, detail: "read by \(reader.place)"))
                }
            }
        }
        let order = Kind.allCases
        let sorted = findings.sorted {
            let (left, right) = (order.firstIndex(of: $0.kind) ?? 0, order.firstIndex(of: $1.kind) ?? 0)
            return (left, $0.name, $0.detail) < (right, $1.name, $1.detail)
        }
        return Report(rules: loaded.count, expressions: readers.count, names: exposed.count, findings: sorted)
    }

    /// Whether a rule is about an agent; a server may have others'.
    private func concernsUs(_ rule: RunningPrometheus.Rule) -> Bool {
        rule.name.hasPrefix("Touchline")
            || (SeriesNames.all(in: rule.query).union([rule.name])).contains(where: SeriesNames.isOurs)
    }
}
