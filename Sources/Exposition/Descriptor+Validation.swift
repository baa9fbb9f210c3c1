extension Descriptor {
    /// Labels that are a scraper's to set, or that Prometheus gives a meaning inside histograms and summaries.
    private static let reservedLabels: Set<String> = ["le", "quantile", "job", "instance", "env", "cluster", "type"]

    /// Suffixes of the samples that make up histograms and summaries.
    private static let sampleSuffixes = ["_bucket", "_count", "_sum"]

    /// Refuses what would break a scrape or the naming conventions of Prometheus.
    ///
    /// Names are `[a-z][a-z0-9_]*`: colons belong to recording rules, and names starting with `__` to Prometheus.
    ///
    /// - Throws: The first rule that is broken, in the order name, help, labels, buckets.
    public func validate() throws(ExpositionError) {
        try validateName()
        guard help.contains(where: { !$0.isWhitespace }) else { throw .emptyHelp(family: name) }
        try validateLabels()
        try validateBuckets()
    }

    private func validateName() throws(ExpositionError) {
        guard Self.isSnakeCase(name) else { throw .invalidName(family: name) }
        for suffix in Self.sampleSuffixes where name.hasSuffix(suffix) {
            throw .reservedSuffix(family: name, suffix: suffix)
        }
        for other in [Kind.counter, .info] {
            guard let suffix = other.suffix else { continue }
            if kind == other && !name.hasSuffix(suffix) { throw .missingSuffix(family: name, suffix: suffix) }
            if kind != other && name.hasSuffix(suffix) { throw .reservedSuffix(family: name, suffix: suffix) }
        }
    }

    private func validateLabels() throws(ExpositionError) {
        var seen: Set<String> = []
        for label in labels {
            if label.hasPrefix("__") || Self.reservedLabels.contains(label) {
                throw .reservedLabel(family: name, label: label)
            }
            guard Self.isSnakeCase(label) else { throw .invalidLabel(family: name, label: label) }
            guard seen.insert(label).inserted else { throw .duplicateLabel(family: name, label: label) }
        }
    }

    private func validateBuckets() throws(ExpositionError) {
        guard case .histogram(let buckets) = kind else { return }
        let ascending = zip(buckets, buckets.dropFirst()).allSatisfy { $0 < $1 }
        guard !buckets.isEmpty, ascending, buckets.allSatisfy(\.isFinite) else {
            throw .invalidBuckets(family: name, buckets: buckets)
        }
    }

    private static func isSnakeCase(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
