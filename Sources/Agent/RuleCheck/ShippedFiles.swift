internal import FoundationEssentials
internal import Yams

/// The rules and dashboards of a folder that is laid out as they are shipped: `alerts`, `prometheus` and `dashboards`.
struct ShippedFiles: Sendable {
    /// Something that reads series.
    struct Reader: Sendable {
        /// The file, and the rule or panel in it.
        let place: String
        let expression: String
    }

    /// The names of alerts and recording rules.
    var rules: Set<String> = []
    /// Rules, panels and annotations.
    var readers: [Reader] = []

    /// Reads the folder; throws ``AgentError/job(_:)`` for one that is none, or a file that cannot be read.
    init(folder: String) throws(AgentError) {
        do {
            for part in ["alerts", "prometheus"] {
                for file in try Self.files(of: "\(folder)/\(part)", ending: ".rules.yml") { try addRules(file) }
            }
            for file in try Self.files(of: "\(folder)/dashboards", ending: ".json") { try addDashboard(file) }
        } catch {
            throw .job("\(folder) does not hold alerts, prometheus and dashboards as they are shipped: \(error)")
        }
    }

    private static func files(of folder: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.sorted()
            .map { "\(folder)/\($0)" }
    }

    private mutating func addRules(_ file: String) throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for group in try Yams.compose(yaml: text)?["groups"]?.array() ?? [] {
            for rule in group["rules"]?.array() ?? [] {
                guard let name = (rule["alert"] ?? rule["record"])?.string else { continue }
                rules.insert(name)
                readers.append(Reader(place: "\(file): \(name)", expression: rule["expr"]?.string ?? ""))
            }
        }
    }

    private mutating func addDashboard(_ file: String) throws {
        let page = try JSONDecoder().decode(Page.self, from: Data(contentsOf: URL(filePath: file)))
        for panel in page.panels + page.panels.flatMap({ $0.panels ?? [] }) {
            for expression in (panel.targets ?? []).compactMap(\.expr) {
                readers.append(Reader(place: "\(file): \(panel.title ?? "?")", expression: expression))
            }
        }
        for annotation in page.annotations?.list ?? [] {
            guard let expression = annotation.expr else { continue }
            readers.append(Reader(place: "\(file): \(annotation.name)", expression: expression))
        }
    }

    /// A dashboard, as far as it asks anything.
    private struct Page: Decodable {
        struct Panel: Decodable {
            let title: String?
            let targets: [Target]?
            let panels: [Panel]?
        }

        struct Target: Decodable { let expr: String? }

        struct Annotations: Decodable { let list: [Annotation] }

        struct Annotation: Decodable {
            let name: String
            let expr: String?
        }

        let panels: [Panel]
        let annotations: Annotations?
    }
}
