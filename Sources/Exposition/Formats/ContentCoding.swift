/// How the body of an answer is coded (RFC 9110, 12.5.3).
public enum ContentCoding: Sendable {
    /// As it is.
    case identity
    /// Compressed.
    case gzip

    /// The best coding for an `Accept-Encoding` header.
    ///
    /// Gzip if it is named with a weight above 0 that is no lower than that of an identity which is named too, or if
    /// the identity is refused and `*` covers gzip.
    ///
    /// - Parameter header: The header's value, several headers joined by commas; malformed clauses are ignored.
    /// - Returns: The identity if there is no header.
    public static func negotiated(acceptEncoding header: String?) -> ContentCoding {
        var weights: [String: Double] = [:]
        for clause in MediaRange.split(header ?? "", at: ",") {
            let parts = MediaRange.split(String(clause), at: ";").map(MediaRange.trimmed)
            let name = parts[0].lowercased()
            guard !name.isEmpty, let weight = weight(of: parts.dropFirst()) else { continue }
            weights[name == "x-gzip" ? "gzip" : name] = weight
        }
        if let gzip = weights["gzip"] { return gzip > 0 && gzip >= weights["identity"] ?? 0 ? .gzip : .identity }
        return weights["identity"] == 0 && weights["*"] ?? 0 > 0 ? .gzip : .identity
    }

    private static func weight(of parameters: ArraySlice<Substring>) -> Double? {
        for parameter in parameters {
            let pair = parameter.split(separator: "=", maxSplits: 1).map(MediaRange.trimmed)
            guard pair.count == 2, pair[0].lowercased() == "q" else { continue }
            guard let weight = Double(pair[1]), (0...1).contains(weight) else { return nil }
            return weight
        }
        return 1
    }
}
