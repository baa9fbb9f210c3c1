import TestSupport
import Yams

/// The shipped alerting and recording rules.
struct Rule: Sendable {
    let file: String
    let group: String
    /// The alert's name; nil for a recording rule.
    let alert: String?
    /// The recorded series' name; nil for an alert.
    let record: String?
    let expression: String
    let labels: [String: String]
    let annotations: [String: String]

    static func all() throws -> [Rule] {
        try (Repository.files("alerts", ending: ".rules.yml") + Repository.files("prometheus", ending: ".rules.yml"))
            .flatMap(rules)
    }

    private static func rules(in file: String) throws -> [Rule] {
        let groups = try Yams.compose(yaml: Repository.text(file))?["groups"]?.array() ?? []
        return groups.flatMap { group in
            (group["rules"]?.array() ?? []).map { rule in
                Rule(
                    file: file, group: group["name"]?.string ?? "", alert: rule["alert"]?.string,
                    record: rule["record"]?.string, expression: rule["expr"]?.string ?? "",
                    labels: texts(rule["labels"]), annotations: texts(rule["annotations"]))
            }
        }
    }

    private static func texts(_ node: Node?) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in node?.mapping ?? Node.Mapping([(Node, Node)]()) {
            texts[key.string ?? ""] = value.string ?? ""
        }
        return texts
    }
}

/// Names of series in a PromQL expression.
enum PromQL {
    /// Every `touchline_...` and `process_...` name, and every name of a recording rule.
    static func names(in expression: String) -> Set<String> {
        var names: Set<String> = []
        var word = ""
        var quoted: Character?
        for character in expression + " " {
            if let quote = quoted {
                if character == quote { quoted = nil }
            } else if character.isASCII,
                character.isLetter || character.isNumber || character == "_" || character == ":"
            {
                word.append(character)
                continue
            } else if character == "\"" || character == "'" {
                quoted = character
            }
            if word.hasPrefix("touchline_") || word.hasPrefix("process_") || word.contains(":") { names.insert(word) }
            word = ""
        }
        return names
    }
}
