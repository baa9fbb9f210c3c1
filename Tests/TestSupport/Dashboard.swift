import FoundationEssentials

/// A shipped dashboard, as far as the tests look; the members are Grafana's.
package struct Dashboard: Decodable, Sendable {
    package let uid: String
    package let title: String
    package let editable: Bool
    package let tags: [String]
    package let links: [Link]
    package let panels: [Panel]
    package let templating: Templating
    package let annotations: Annotations

    /// A link to other dashboards.
    package struct Link: Decodable, Sendable { package let title: String }

    /// What can be chosen.
    package struct Templating: Decodable, Sendable { package let list: [Variable] }

    /// Something that can be chosen.
    package struct Variable: Decodable, Sendable {
        package let name: String
        package let label: String?
        package let type: String
        package let multi: Bool?
        package let includeAll: Bool?
        package let allValue: String?
        package let refresh: Int?
        package let query: Query?
    }

    /// Where a variable's choices come from.
    package struct Query: Decodable, Sendable {
        /// What to ask, for instance `label_values(up, job)`, or a kind of data source.
        package let text: String

        private struct Written: Decodable { let query: String }

        package init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self.text = text
            } else {
                text = try Written(from: decoder).query
            }
        }
    }

    /// What is marked in every panel.
    package struct Annotations: Decodable, Sendable { package let list: [Annotation] }

    /// Instants that are marked.
    package struct Annotation: Decodable, Sendable {
        package let name: String
        package let expr: String?
    }

    /// A panel, or a row of panels.
    package struct Panel: Decodable, Sendable {
        package let id: Int
        package let type: String
        package let title: String?
        package let description: String?
        package let datasource: Source?
        package let gridPos: Place
        package let fieldConfig: Fields?
        package let targets: [Target]?
        package let panels: [Panel]?
    }

    /// Whom a panel asks.
    package struct Source: Decodable, Sendable { package let uid: String? }

    /// Where a panel is, in a grid of 24 columns.
    package struct Place: Decodable, Sendable { package let x, y, w, h: Int }

    /// How a panel shows values.
    package struct Fields: Decodable, Sendable { package let defaults: Defaults }

    /// How a panel shows most values.
    package struct Defaults: Decodable, Sendable { package let unit: String? }

    /// One question of a panel: PromQL or SQL.
    package struct Target: Decodable, Sendable {
        package let expr: String?
        package let rawSql: String?
    }

    /// Every panel that shows data, those in rows included.
    package var shown: [Panel] { panels.flatMap { [$0] + ($0.panels ?? []) }.filter { $0.type != "row" } }

    /// Every expression, annotations included.
    package var expressions: [String] {
        shown.flatMap { ($0.targets ?? []).compactMap(\.expr) } + annotations.list.compactMap(\.expr)
    }

    /// Every dashboard that ships, by file.
    ///
    /// - Returns: Paths relative to the package, and what they hold.
    /// - Throws: If one cannot be read as a dashboard.
    package static func all() throws -> [(file: String, dashboard: Dashboard)] {
        try Repository.files("dashboards", ending: ".json").map { file in
            (file, try JSONDecoder().decode(Dashboard.self, from: Data(Repository.text(file).utf8)))
        }
    }
}
