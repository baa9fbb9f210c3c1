/// Names of series in PromQL.
enum SeriesNames {
    /// Whether a name is of an agent alone, or recorded from one's; `process_` is everybody's.
    static func isOurs(_ name: String) -> Bool { name.contains("touchline_") }

    /// Every name of an agent's series, and every name of a recording rule, that an expression reads.
    ///
    /// An agent's begin with `touchline_` or `process_`; a recording rule's has a colon. Texts in quotes are passed over.
    static func all(in expression: String) -> Set<String> {
        var names: Set<String> = []
        var word = ""
        var quoted: Character?
        for character in expression + " " {
            if let quote = quoted {
                if character == quote { quoted = nil }
            } else if character.isASCII, character.isLetter || character.isNumber || "_:".contains(character) {
                word.append(character)
                continue
            } else if character == "\"" || character == "'" {
                quoted = character
            }
            if word.hasPrefix("touchline_") || word.hasPrefix("process_") || word.dropFirst().contains(":") {
                names.insert(word)
            }
            word = ""
        }
        return names
    }
}

extension Metric {
    /// The names of the metric's series in the text format.
    var seriesNames: [String] {
        switch kind {
        case "histogram", "gaugehistogram": ["_bucket", "_sum", "_count"].map { name + $0 }
        case "summary": ["", "_sum", "_count"].map { name + $0 }
        default: [name]
        }
    }
}
