import FoundationEssentials

/// A shipped dashboard, as far as the rules about dashboards look.
struct Dashboard: Decodable {
    let uid: String
    let title: String
    let editable: Bool
    let tags: [String]
    let links: [Link]
    let panels: [Panel]
    let templating: Templating
    let annotations: Annotations

    struct Link: Decodable { let title: String }

    struct Templating: Decodable { let list: [Variable] }

    struct Variable: Decodable {
        let name: String
        let label: String?
        let type: String
        let multi: Bool?
        let includeAll: Bool?
        let allValue: String?
        let refresh: Int?
    }

    struct Annotations: Decodable { let list: [Annotation] }

    struct Annotation: Decodable {
        let name: String
        let expr: String?
    }

    struct Panel: Decodable {
        let id: Int
        let type: String
        let title: String?
        let description: String?
        let datasource: Source?
        let gridPos: Place
        let fieldConfig: Fields?
        let targets: [Target]?
        let panels: [Panel]?
    }

    struct Source: Decodable { let uid: String? }

    struct Place: Decodable { let x, y, w, h: Int }

    struct Fields: Decodable { let defaults: Defaults }

    struct Defaults: Decodable { let unit: String? }

    struct Target: Decodable { let expr: String? }

    /// Every panel that shows data, those in rows included.
    var shown: [Panel] { panels.flatMap { [$0] + ($0.panels ?? []) }.filter { $0.type != "row" } }

    /// Every expression, annotations included.
    var expressions: [String] {
        shown.flatMap { ($0.targets ?? []).compactMap(\.expr) } + annotations.list.compactMap(\.expr)
    }

    static func all() throws -> [(file: String, dashboard: Dashboard)] {
        try Repository.files("dashboards", ending: ".json").map { file in
            (file, try JSONDecoder().decode(Dashboard.self, from: Data(Repository.text(file).utf8)))
        }
    }
}
