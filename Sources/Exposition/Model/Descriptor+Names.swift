extension Descriptor {
    /// Units that a name may end in; OpenMetrics has them declared in a `UNIT` line.
    ///
    /// Source: OpenMetrics 1.0, "Units and Base Units", and the base units of Prometheus' naming practices.
    private static let units: Set<String> = [
        "amperes", "bytes", "celsius", "grams", "joules", "meters", "ratio", "seconds", "volts",
    ]

    /// The family's name in OpenMetrics: without a counter's `_total` or an info's `_info`.
    public var familyName: String {
        guard let suffix = kind.suffix, name.hasSuffix(suffix) else { return name }
        return String(name.dropLast(suffix.count))
    }

    /// The unit that the family's name ends in, for instance `seconds` or `bytes`; nil if it ends in none.
    ///
    /// Infos and state sets have no unit, as OpenMetrics demands.
    public var unit: String? {
        switch kind {
        case .info, .stateSet: return nil
        case .counter, .gauge, .histogram, .nativeHistogram, .gaugeHistogram, .summary, .unknown: break
        }
        let tokens = familyName.split(separator: "_")
        guard tokens.count > 1, let last = tokens.last, Self.units.contains(String(last)) else { return nil }
        return String(last)
    }

    /// Every name that this family takes up in either format; no other family may use one of them.
    ///
    /// `_created` is among them though it is not exposed: a scraper of OpenMetrics reads it as this family's.
    var claimedNames: [String] {
        let base = familyName
        return switch kind {
        case .counter: [base, name, base + "_created"]
        case .gauge, .stateSet, .unknown: [name]
        case .info: [base, name]
        case .histogram, .nativeHistogram:
            [base, base + "_bucket", base + "_count", base + "_sum", base + "_created"]
        case .gaugeHistogram:
            [base, base + "_bucket", base + "_count", base + "_sum", base + "_gcount", base + "_gsum"]
        case .summary: [base, base + "_count", base + "_sum", base + "_created"]
        }
    }
}

extension Descriptor.Kind {
    /// The name of the kind in OpenMetrics, for instance `gauge` or `gaugehistogram`.
    public var name: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .info: "info"
        case .histogram, .nativeHistogram: "histogram"
        case .gaugeHistogram: "gaugehistogram"
        case .summary: "summary"
        case .stateSet: "stateset"
        case .unknown: "unknown"
        }
    }

    /// What names of this kind, and of no other, end in.
    var suffix: String? {
        switch self {
        case .counter: "_total"
        case .info: "_info"
        case .gauge, .histogram, .nativeHistogram, .gaugeHistogram, .summary, .stateSet, .unknown: nil
        }
    }
}
