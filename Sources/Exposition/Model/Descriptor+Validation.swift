extension Descriptor {
    /// Labels that are a scraper's to set, or that Prometheus gives a meaning inside histograms and summaries.
    private static let reservedLabels: Set<String> = ["le", "quantile", "job", "instance", "env", "cluster", "type"]

    /// Suffixes of the samples that make up histograms and summaries.
    private static let sampleSuffixes = ["_bucket", "_count", "_sum"]

    /// Refuses what would break a scrape or the naming conventions of Prometheus.
    ///
    /// Names are `[a-z][a-z0-9_]*`: colons belong to recording rules, and names starting with `__` to Prometheus.
    ///
    /// - Throws: The first rule that is broken, in the order name, help, labels, buckets (or quantiles, or states).
    public func validate() throws(ExpositionError) {
        try validateName()
        guard help.contains(where: { !$0.isWhitespace }) else { throw .emptyHelp(family: name) }
        try validateLabels()
        try validateParts()
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
        // The states of a set stand in a label of the family's own name.
        if case .stateSet = kind { seen.insert(name) }
        for label in labels {
            if label.hasPrefix("__") || Self.reservedLabels.contains(label) {
                throw .reservedLabel(family: name, label: label)
            }
            guard Self.isSnakeCase(label) else { throw .invalidLabel(family: name, label: label) }
            guard seen.insert(label).inserted else { throw .duplicateLabel(family: name, label: label) }
        }
    }

    private func validateParts() throws(ExpositionError) {
        switch kind {
        case .histogram(let buckets), .gaugeHistogram(let buckets):
            guard !buckets.isEmpty else { throw .invalidBuckets(family: name, buckets: buckets) }
            try validateBuckets(buckets)
        case .nativeHistogram(let buckets):
            try validateBuckets(buckets)
        case .summary(let quantiles):
            guard Self.isAscending(quantiles), quantiles.allSatisfy({ (0...1).contains($0) }) else {
                throw .invalidQuantiles(family: name, quantiles: quantiles)
            }
        case .stateSet(let states):
            guard (1...64).contains(states.count), Set(states).count == states.count else {
                throw .invalidStates(family: name, states: states)
            }
        case .counter, .gauge, .info, .unknown: break
        }
    }

    private func validateBuckets(_ buckets: [Double]) throws(ExpositionError) {
        guard Self.isAscending(buckets), buckets.allSatisfy(\.isFinite) else {
            throw .invalidBuckets(family: name, buckets: buckets)
        }
    }

    private static func isAscending(_ numbers: [Double]) -> Bool {
        zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 } && !numbers.contains(where: \.isNaN)
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
