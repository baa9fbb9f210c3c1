import Exposition

extension SplitMix {
    mutating func descriptor(named stem: String) -> Descriptor {
        let name = stem + pick(["_goals", "_age_seconds", "_size_bytes", "_share_ratio", "_teams"])
        let labels = Array(
            ["team", "path", "a1", "zone_id"].shuffled(using: &self).prefix(Int.random(in: 0...3, using: &self)))
        let help = "h" + text(upTo: 30)
        return switch Int.random(in: 0..<9, using: &self) {
        case 0: .counter(name + "_total", help, labels: labels)
        case 1: .gauge(name, help, labels: labels)
        case 2: .info(stem + "_build_info", help, labels: labels)
        case 3: .histogram(name, help, labels: labels, buckets: ascending(1...6) { $0.number() })
        case 4: .nativeHistogram(name, help, labels: labels, buckets: ascending(0...3) { $0.number() })
        case 5: .gaugeHistogram(name, help, labels: labels, buckets: ascending(1...4) { $0.number() })
        case 6:
            .summary(
                name, help, labels: labels, quantiles: ascending(0...4) { Double.random(in: 0...1, using: &$0) })
        case 7: .stateSet(stem + "_phase", help, labels: labels, states: states())
        default: .unknown(name, help, labels: labels)
        }
    }

    private mutating func states() -> [String] {
        let count = Int.random(in: 1...5, using: &self)
        return (0..<count).map { "\($0)" + text() }
    }

    /// Different combinations of label values.
    mutating func labelValues(_ descriptor: Descriptor) -> [[String]] {
        guard !descriptor.labels.isEmpty else { return [[]] }
        var seen: Set<[[UInt8]]> = []
        var values: [[String]] = []
        for _ in 0..<Int.random(in: 0...5, using: &self) {
            let labels = descriptor.labels.map { _ in text() }
            if seen.insert(labels.map { Array($0.utf8) }).inserted { values.append(labels) }
        }
        return values
    }

    mutating func append(to family: inout Family, _ labels: [String]) {
        let created =
            Bool.random(using: &self) ? Double(Int.random(in: 0...2_000_000_000_000, using: &self)) / 1000 : nil
        switch family.descriptor.kind {
        case .counter:
            let value = total()
            family.append(
                value, labels: labels, exemplar: Bool.random(using: &self) ? exemplar(value) : nil, created: created)
        case .gauge, .unknown: family.append(number(), labels: labels)
        case .info: family.append(1, labels: labels)
        case .histogram(let bounds), .gaugeHistogram(let bounds):
            let value = histogram(bounds)
            var exemplars: [Int: Exemplar] = [:]
            for bucket in 0...bounds.count where value.counts[bucket] > 0 && Bool.random(using: &self) {
                exemplars[bucket] = exemplar(bucket < bounds.count ? bounds[bucket] : .infinity)
            }
            family.append(value, labels: labels, exemplars: exemplars, created: created)
        case .nativeHistogram(let bounds):
            var value = NativeHistogram.random(bounds, &self)
            if Bool.random(using: &self) { value = NativeHistogram.random(bounds, &self) }
            family.append(.nativeHistogram(value), labels: labels, created: created)
        case .summary(let quantiles):
            let value = SummaryValue(
                count: next() >> 12, sum: number(), quantiles: quantiles.map { _ in number() })
            family.append(.summary(value), labels: labels, created: created)
        case .stateSet(let states):
            family.append(.states(Set(states.filter { _ in Bool.random(using: &self) })), labels: labels)
        }
    }

    private mutating func histogram(_ bounds: [Double]) -> HistogramValue {
        let isLarge = Bool.random(using: &self)
        return HistogramValue(
            counts: (0...bounds.count).map { _ in isLarge ? next() >> 16 : UInt64.random(in: 0...9, using: &self) },
            sum: number())
    }

    private mutating func exemplar(_ value: Double) -> Exemplar? {
        let time = Bool.random(using: &self) ? Double(Int.random(in: 0...2_000_000_000_000, using: &self)) / 1000 : nil
        return Bool.random(using: &self)
            ? Exemplar(["trace_id": unquoted(upTo: 40), "B": unquoted(upTo: 12)], value: value, timestamp: time)
            : Exemplar([:], value: value, timestamp: time)
    }

    /// Any text without quotes: Python's parser takes an escaped one for the end of an exemplar's label.
    private mutating func unquoted(upTo length: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: self.text(upTo: length).unicodeScalars.filter { $0 != "\"" })
        return String(text)
    }
}

extension NativeHistogram {
    /// What a histogram comes to that observes random numbers.
    fileprivate static func random(_ bounds: [Double], _ random: inout SplitMix) -> NativeHistogramValue {
        let histogram = NativeHistogram(
            .nativeHistogram("a", "A.", buckets: bounds), schema: Int.random(in: -4...8, using: &random),
            zeroThreshold: random.pick([0, 1e-3, 0x1p-128]), maximumBuckets: random.pick([1, 8, 160]))
        for _ in 0..<Int.random(in: 0...60, using: &random) { histogram.observe(random.number()) }
        return histogram.value()
            ?? NativeHistogramValue(
                schema: 0, zeroThreshold: 0, zeroCount: 0, positive: [:], classic: HistogramValue(counts: [0], sum: 0))
    }
}
