/// The text of a log line.
enum LogLine {
    /// `key=value` pairs; a value with blanks, quotes or control characters is quoted.
    static func logfmt(_ pairs: [(String, String)]) -> String {
        pairs.map { key, value in "\(key)=\(needsQuotes(value) ? quoted(value) : value)" }.joined(separator: " ")
    }

    /// One JSON object with text values.
    static func json(_ pairs: [(String, String)]) -> String {
        "{" + pairs.map { key, value in "\(quoted(key)):\(quoted(value))" }.joined(separator: ",") + "}"
    }

    /// A JSON string, which logfmt reads too.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where breaksLines(scalar):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func needsQuotes(_ value: String) -> Bool {
        value.isEmpty
            || value.unicodeScalars.contains {
                $0 == " " || $0 == "\"" || $0 == "=" || $0 == "\\" || breaksLines($0)
            }
    }

    /// Controls, those above ASCII with them (U+009B begins a terminal's escape sequence), and Unicode's line ends.
    private static func breaksLines(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
