/// A particular event behind a number, such as the trace of a slow request.
public struct Exemplar: Sendable, Hashable {
    /// A label of an exemplar; the names need not be a family's.
    public struct Label: Sendable, Hashable {
        /// The name, `[a-zA-Z_][a-zA-Z0-9_]*`.
        public let name: String
        /// The value, any text.
        public let value: String
    }

    /// What leads to the event, for instance `trace_id`.
    public let labels: [Label]
    /// What the event added or was observed as.
    public internal(set) var value: Double
    /// Unix time of the event in seconds; nil if it was not noted.
    public let timestamp: Double?

    /// Makes an exemplar; nil if OpenMetrics or its readers do not allow it.
    ///
    /// That is so if names and values have more than 128 characters together, a name is malformed or stands twice, a
    /// value holds NUL, or the timestamp is not finite. Source: OpenMetrics 1.0, "Exemplars".
    ///
    /// - Parameters:
    ///   - labels: What leads to the event.
    ///   - value: What the event added or was observed as; an instrument puts in what it was given.
    ///   - timestamp: Unix time of the event in seconds.
    public init?(_ labels: KeyValuePairs<String, String>, value: Double = 0, timestamp: Double? = nil) {
        var seen: Set<String> = []
        var characters = 0
        for (name, value) in labels {
            // Prometheus 2.42 takes NUL for the end of the page here, and refuses all of it.
            guard Self.isName(name), seen.insert(name).inserted, !value.utf8.contains(0) else { return nil }
            characters += name.unicodeScalars.count + value.unicodeScalars.count
        }
        guard characters <= 128, timestamp?.isFinite != false else { return nil }
        self.labels = labels.map { Label(name: $0.key, value: $0.value) }
        self.value = value
        self.timestamp = timestamp
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
