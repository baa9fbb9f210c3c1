import Exposition

/// A registry of random families of every kind, and what a scraper has to read in its pages.
struct RandomRegistry {
    /// An instrument that holds a family as it was given.
    private struct Fixed: Instrument {
        let family: Family
        var descriptor: Descriptor { family.descriptor }
    }

    let registry: Registry
    private(set) var families: [Family] = []

    /// Makes the registry of this number; the same number makes the same registry, and different ones share no name.
    init(number: UInt64) throws(ExpositionError) {
        var random = SplitMix(seed: number)
        registry = Registry(namespace: "own\(number)")
        for position in 0..<Int.random(in: 1...6, using: &random) {
            let descriptor = random.descriptor(named: "r\(number)_\(position)")
            var family = Family(descriptor)
            for labels in random.labelValues(descriptor) { random.append(to: &family, labels) }
            families.append(family)
            try registry.register(Self.instrument(of: family, &random))
        }
    }

    /// An instrument that has come to hold the family, by updates if that is possible.
    private static func instrument(of family: Family, _ random: inout SplitMix) -> any Instrument {
        guard Bool.random(using: &random) else { return Fixed(family: family) }
        switch family.descriptor.kind {
        case .counter where family.series.allSatisfy { $0.created == nil && $0.exemplars.isEmpty && $0.number.isFinite }:
            let counter = Counter(family.descriptor)
            for series in family.series { counter.increment(series.labels, by: series.number) }
            return family.descriptor.labels.isEmpty && family.isEmpty ? Fixed(family: family) : counter
        case .gauge:
            let gauge = Gauge(family.descriptor)
            for series in family.series { gauge.set(series.number, series.labels) }
            return gauge
        default: return Fixed(family: family)
        }
    }
}

extension Family.Series {
    fileprivate var number: Double {
        if case .number(let value) = point { value } else { .nan }
    }
}
