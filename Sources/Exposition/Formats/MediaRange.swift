/// One clause of an `Accept` header: a media range, its version and its weight (RFC 9110, 12.5.1).
struct MediaRange: Sendable, Equatable {
    /// `type/subtype` in lower case; either can be `*`.
    let type: Substring
    let subtype: Substring
    let version: String?
    /// The `proto` and `encoding` parameters of a protocol buffer, as they were given.
    let message: String?
    let encoding: String?
    /// The weight, 0 to 1.
    let quality: Double

    /// Reads a clause; nil if it is no media range or its weight is no number from 0 to 1.
    init?(_ clause: some StringProtocol) {
        let parts = Self.split(String(clause), at: ";").map(Self.trimmed)
        let names = parts[0].lowercased().split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy({ !$0.isEmpty }), names[0] != "*" || names[1] == "*" else {
            return nil
        }
        (type, subtype) = (names[0], names[1])
        var version: String?
        var message: String?
        var encoding: String?
        var quality = 1.0
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let value = Self.trimmed(pair[1]).filter { $0 != "\"" }
            switch Self.trimmed(pair[0]).lowercased() {
            case "version": version = value
            case "proto": message = value
            case "encoding": encoding = value.lowercased()
            case "q":
                guard let weight = Double(value), (0...1).contains(weight) else { return nil }
                quality = weight
            default: continue
            }
        }
        self.version = version
        self.message = message
        self.encoding = encoding
        self.quality = quality
    }

    /// How exactly this range names a format, 0 (`*/*`) to 2; nil if it does not cover it.
    func specificity(for format: ExpositionFormat) -> Int? {
        if format == .protobuf { return isDelimitedFamilies ? 2 : nil }
        if type == "*" { return 0 }
        let names = format.mediaType.split(separator: "/")
        guard type == names[0] else { return nil }
        if subtype == "*" { return 1 }
        return subtype == names[1] && (version ?? format.unversioned) == format.version ? 2 : nil
    }

    /// Whether delimited metric families are meant; nobody gets a binary format who did not name it exactly.
    private var isDelimitedFamilies: Bool {
        "\(type)/\(subtype)" == ExpositionFormat.protobuf.mediaType && encoding == "delimited"
            && message == ExpositionFormat.protobufMessage
    }

    /// The clauses of a whole header; malformed ones are left out.
    static func clauses(of header: String) -> [MediaRange] {
        split(header, at: ",").compactMap { MediaRange($0) }
    }

    /// Splits at a separator that stands outside quotes; there is always at least one part.
    static func split(_ text: String, at separator: Character) -> [Substring] {
        var quoted = false
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { quoted.toggle() }
            return character == separator && !quoted
        }
    }

    static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
