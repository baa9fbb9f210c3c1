internal import Yams

/// Reads one mapping of a YAML file strictly: every key must be asked for, every value must fit.
///
/// Yams' decoder forgets where a value stood and ignores keys that nobody asks for, so the node tree is read directly.
struct SettingsReader {
    let file: String
    private let path: String
    private let mapping: Node.Mapping
    private let line: Int

    /// The top of a file.
    init(file: String, text: String) throws(SettingsError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingsReader.malformed(error, file: file)
        } catch {
            throw .malformed(file: file, line: 1, why: "\(error)")
        }
        let node = root ?? Node([(Node, Node)]())
        guard let mapping = node.mapping ?? SettingsReader.emptyMapping(node) else {
            throw .badValue(file: file, line: node.mark?.line ?? 1, key: "(top)", why: "must be a mapping of sections")
        }
        self.init(file: file, path: "", mapping: mapping, line: node.mark?.line ?? 1)
    }

    private init(file: String, path: String, mapping: Node.Mapping, line: Int) {
        self.file = file
        self.path = path
        self.mapping = mapping
        self.line = line
    }

    /// A nested mapping; an empty one if the key is absent.
    func section(_ key: String) throws(SettingsError) -> SettingsReader {
        let name = path.isEmpty ? key : "\(path).\(key)"
        guard let node = mapping[key] else {
            return SettingsReader(file: file, path: name, mapping: Node.Mapping([(Node, Node)]()), line: line)
        }
        guard let nested = node.mapping ?? SettingsReader.emptyMapping(node) else {
            throw refuse(key, "must be a mapping of keys")
        }
        return SettingsReader(file: file, path: name, mapping: nested, line: node.mark?.line ?? line)
    }

    /// Refuses any key that is not in `known`.
    func allow(_ known: [String]) throws(SettingsError) {
        for (key, _) in mapping {
            let name = key.string ?? "?"
            guard !known.contains(name) else { continue }
            throw .unknownKey(
                file: file, line: key.mark?.line ?? line, key: path.isEmpty ? name : "\(path).\(name)", known: known)
        }
    }

    /// A scalar turned into a value; nil if the key is absent or null.
    func value<T>(_ key: String, _ expected: String, _ parse: (String) -> T?) throws(SettingsError) -> T? {
        guard let node = mapping[key] else { return nil }
        guard let scalar = node.scalar else { throw refuse(key, "must be \(expected)") }
        if node.null != nil { return nil }
        guard let value = parse(scalar.string) else {
            throw refuse(key, "'\(scalar.string)' is not \(expected)")
        }
        return value
    }

    /// A list of scalars; nil if the key is absent.
    func list(_ key: String) throws(SettingsError) -> [String]? {
        guard let node = mapping[key] else { return nil }
        guard let sequence = node.sequence else { throw refuse(key, "must be a list") }
        var texts: [String] = []
        for item in sequence {
            guard let scalar = item.scalar else { throw refuse(key, "must be a list of plain values") }
            texts.append(scalar.string)
        }
        return texts
    }

    /// The error for a value of this mapping that does not fit.
    func refuse(_ key: String, _ why: String) -> SettingsError {
        let name = path.isEmpty ? key : "\(path).\(key)"
        return .badValue(file: file, line: mapping[key]?.mark?.line ?? line, key: name, why: why)
    }

    /// A section that is present but empty (`web:`) is a null scalar in YAML.
    private static func emptyMapping(_ node: Node) -> Node.Mapping? {
        node.scalar != nil && node.null != nil ? Node.Mapping([(Node, Node)]()) : nil
    }

    private static func malformed(_ error: YamlError, file: String) -> SettingsError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .malformed(file: file, line: mark.line, why: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            .malformed(
                file: file, line: context.mark.line, why: "key given twice: \(duplicates.joined(separator: ", "))")
        default:
            .malformed(file: file, line: 1, why: "\(error)".split(separator: "\n").joined(separator: " "))
        }
    }
}

extension SettingsReader {
    func text(_ key: String, default fallback: String) throws(SettingsError) -> String {
        try value(key, "a text") { $0 } ?? fallback
    }

    func url(_ key: String, default fallback: String) throws(SettingsError) -> String {
        try value(key, "an http:// or https:// URL") { text in
            guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        } ?? fallback
    }

    func flag(_ key: String, default fallback: Bool) throws(SettingsError) -> Bool {
        try value(key, "true or false") { ["true": true, "false": false][$0] } ?? fallback
    }

    func count(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        try value(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            Int($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    func ratio(_ key: String, default fallback: Double) throws(SettingsError) -> Double {
        try value(key, "a number above 0 and below 1") {
            Double($0).flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
        } ?? fallback
    }

    func duration(_ key: String, default fallback: Duration, minimum: Duration = .zero) throws(SettingsError)
        -> Duration
    {
        try value(key, "a duration such as 30s, 15m or 7d, at least \(DurationText.format(minimum))") {
            DurationText.parse($0).flatMap { $0 >= minimum ? $0 : nil }
        } ?? fallback
    }
}
