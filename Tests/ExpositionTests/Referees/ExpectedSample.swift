import Exposition

/// A number that a scraper has to find in a page.
struct ExpectedSample: Encodable {
    let name: String
    let labels: [String: String]
    /// The bits of the value, in hexadecimal; `nan` if it is none.
    let value: String

    init(_ name: String, _ labels: [String: String], _ value: Double) {
        self.name = name
        self.labels = labels
        self.value = value.isNaN ? "nan" : String(value.bitPattern, radix: 16)
    }

    /// All numbers of a family, written down from the exposition formats' own words and not from the encoder.
    static func all(of family: Family, as format: ExpositionFormat) -> [ExpectedSample] {
        family.series.flatMap { series in
            Expectation(descriptor: family.descriptor, series: series, format: format).samples
        }
    }
}

/// What one series has to come to in one format.
///
/// Protocol buffers are compared by the names of text: the referee takes them apart into lines.
private struct Expectation {
    let descriptor: Descriptor
    let series: Family.Series
    let format: ExpositionFormat

    private var isOpenMetrics: Bool { format != .text && format != .protobuf }
    private var name: String { descriptor.name }
    private var labels: [String: String] { Dictionary(uniqueKeysWithValues: zip(descriptor.labels, series.labels)) }

    private func labels(with name: String, _ value: String) -> [String: String] {
        labels.merging([name: value]) { $1 }
    }

    var samples: [ExpectedSample] {
        var samples = values
        if isOpenMetrics, let created = series.created {
            samples.append(ExpectedSample(descriptor.familyName + "_created", labels, created))
        }
        return samples
    }

    private var values: [ExpectedSample] {
        switch series.point {
        case .number(let value):
            return [ExpectedSample(name, labels, value)] + exemplar(0, name, labels)
        case .states(let holding):
            guard case .stateSet(let states) = descriptor.kind else { return [] }
            return states.map { ExpectedSample(name, labels(with: name, $0), holding.contains($0) ? 1 : 0) }
        case .summary(let value):
            guard case .summary(let quantiles) = descriptor.kind else { return [] }
            var samples = [ExpectedSample(name + "_count", labels, Double(value.count))]
            if !isOpenMetrics || value.sum >= 0 { samples.append(ExpectedSample(name + "_sum", labels, value.sum)) }
            for (quantile, number) in zip(quantiles, value.quantiles) where !isOpenMetrics || !(number < 0) {
                samples.append(ExpectedSample(name, labels(with: "quantile", Self.bits(quantile)), number))
            }
            return samples
        case .histogram(let value): return buckets(value)
        case .nativeHistogram(let value): return buckets(value.classic) + native(value)
        }
    }

    private func buckets(_ value: HistogramValue) -> [ExpectedSample] {
        var bounds: [Double] = []
        var isGauge = false
        switch descriptor.kind {
        case .histogram(let buckets), .nativeHistogram(let buckets): bounds = buckets
        case .gaugeHistogram(let buckets): (bounds, isGauge) = (buckets, true)
        default: break
        }
        var cumulative: UInt64 = 0
        var samples: [ExpectedSample] = []
        for (position, (bound, count)) in zip(bounds + [.infinity], value.counts).enumerated() {
            cumulative += count
            let labels = labels(with: "le", Self.bits(bound))
            samples.append(ExpectedSample(name + "_bucket", labels, Double(cumulative)))
            samples += exemplar(position, name + "_bucket", labels)
        }
        let isNegative = bounds.contains { $0 < 0 }
        if isOpenMetrics {
            let isAllowed = isGauge ? value.sum >= 0 || value.sum < 0 && isNegative : value.sum >= 0 && !isNegative
            if !isAllowed { return samples }
        }
        let letter = isGauge && isOpenMetrics ? "g" : ""
        samples.append(ExpectedSample(name + "_\(letter)sum", labels, value.sum))
        samples.append(ExpectedSample(name + "_\(letter)count", labels, Double(cumulative)))
        return samples
    }

    private func native(_ value: NativeHistogramValue) -> [ExpectedSample] {
        guard format == .protobuf else { return [] }
        var samples = [
            ExpectedSample(name + "#schema", labels, Double(value.schema)),
            ExpectedSample(name + "#zero_threshold", labels, value.zeroThreshold),
            ExpectedSample(name + "#zero_count", labels, Double(value.zeroCount)),
        ]
        for (sign, buckets) in [("+", value.positive), ("-", value.negative)] {
            for (index, count) in buckets where count > 0 {
                samples.append(
                    ExpectedSample(name + "#native", labels(with: "index", "\(sign)\(index)"), Double(count)))
            }
        }
        return samples
    }

    private func exemplar(_ position: Int, _ name: String, _ labels: [String: String]) -> [ExpectedSample] {
        guard format != .text, let exemplar = series.exemplars[position] else { return [] }
        var labels = labels
        for label in exemplar.labels { labels["#" + label.name] = label.value }
        let samples = [ExpectedSample(name + "#exemplar", labels, exemplar.value)]
        guard format != .protobuf, let time = exemplar.timestamp else { return samples }
        return samples + [ExpectedSample(name + "#exemplar_time", labels, time)]
    }

    /// How a bound stands in a label's place: by its bits, since scrapers may spell it as they like.
    private static func bits(_ bound: Double) -> String { String(bound.bitPattern, radix: 16) }
}
