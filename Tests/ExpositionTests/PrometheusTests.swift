import Exposition
import Glibc
import Synchronization
import TestSupport
import Testing

/// A real Prometheus scrapes random registries, compressed, and gives back what they hold.
@Suite(.serialized) struct PrometheusTests {
    /// A series as Prometheus knows it: empty labels do not exist, and numbers in labels may be spelt in other ways.
    private struct Key: Hashable {
        let labels: [[UInt8]: [UInt8]]

        init(_ name: String, _ labels: [String: String], numbersAreBits: Bool) {
            var all: [[UInt8]: [UInt8]] = [Array("__name__".utf8): Array(name.utf8)]
            for (label, value) in labels where !value.isEmpty && !["job", "instance", "__name__"].contains(label) {
                let isNumber = ["le", "quantile"].contains(label)
                let text = isNumber && !numbersAreBits ? String(Double(value)?.bitPattern ?? 0, radix: 16) : value
                all[Array(label.utf8)] = Array(text.utf8)
            }
            self.labels = all
        }
    }

    private static let numbers: Range<UInt64> = 100_000..<100_040

    @Test(arguments: [
        (ExpositionFormat.openMetrics1, "exemplar-storage"), (.protobuf, "exemplar-storage,native-histograms"),
    ])
    func `Prometheus stores every series, value and exemplar`(format: ExpositionFormat, features: String) async throws {
        let registries = try Self.numbers.map { try RandomRegistry(number: $0) }
        let registry = Registry(namespace: "own", maximumSeriesPerFamily: .max)
        for family in registries.flatMap(\.families) { try registry.register(Given(family: family)) }
        let asked = Mutex<Set<String>>([])
        let server = try LoopbackServer { request in
            let chosen = ExpositionFormat.negotiated(accept: request.headers["accept"])
            let coding = ContentCoding.negotiated(acceptEncoding: request.headers["accept-encoding"])
            asked.withLock { _ = $0.insert("\(chosen) \(coding)") }
            var headers = ["Content-Type": chosen.contentType]
            if coding == .gzip { headers["Content-Encoding"] = "gzip" }
            return LoopbackResponse(
                status: 200, headers: headers, body: .bytes(registry.page(as: chosen, coding: coding).bytes))
        }
        try await PrometheusServer.run(scraping: server.port, features: features) { prometheus in
            let isScraped = try await prometheus.waitForScrapes(2)
            let error = try await prometheus.scrapeError()
            try #require(isScraped, "\(error)")
            let found = try await prometheus.query("{job=\"it\"}")
            try compare(found, registries, format)
            try await compareExemplars(prometheus, registries, format)
        }
        #expect(asked.withLock { $0 } == ["\(format) gzip"])
        server.stop()
    }

    private func compare(
        _ found: [PrometheusServer.Result], _ registries: [RandomRegistry], _ format: ExpositionFormat
    ) throws {
        let values = found.compactMap { result in
            result.value.map { (Key(result.metric["__name__"] ?? "", result.metric, numbersAreBits: false), $0.value) }
        }
        let known = Dictionary(values) { first, _ in first }
        var expected = 0
        for family in registries.flatMap(\.families) {
            if format == .protobuf, case .nativeHistogram = family.descriptor.kind {
                try compareNative(found, family)
                continue
            }
            for sample in ExpectedSample.all(of: family, as: format) where !sample.name.contains("#") {
                expected += 1
                let value = known[Key(sample.name, sample.labels, numbersAreBits: true)].flatMap(Double.init)
                let isEqual = value.map {
                    $0.isNaN ? sample.value == "nan" : String($0.bitPattern, radix: 16) == sample.value
                }
                #expect(
                    isEqual == true,
                    "\(family.descriptor.kind.name): \(sample.name) \(sample.labels) is \(String(describing: value))")
            }
        }
        #expect(expected > 200)
        let extra = found.filter { $0.metric["__name__"]?.hasPrefix("r1") == true && $0.value != nil }
        #expect(extra.count == expected)
    }

    private func compareNative(_ found: [PrometheusServer.Result], _ family: Family) throws {
        let histograms = Dictionary(
            found.compactMap { result in
                result.histogram.map {
                    (Key(result.metric["__name__"] ?? "", result.metric, numbersAreBits: false), $0.value)
                }
            }
        ) { first, _ in first }
        for series in family.series {
            guard case .nativeHistogram(let value) = series.point else { continue }
            let labels = Dictionary(uniqueKeysWithValues: zip(family.descriptor.labels, series.labels))
            let name = family.descriptor.name
            let histogram = try #require(
                histograms[Key(name, labels, numbersAreBits: true)], "\(name) \(labels)")
            #expect(Double(histogram.count) == Double(value.classic.count))
            #expect(Double(histogram.sum) == value.classic.sum || value.classic.sum.isNaN)
            let found = (histogram.buckets ?? []).map { bucket in
                bucket.dropFirst().map { if case .number(let number) = $0 { number } else { Double.nan } }
            }
            let wanted = Self.buckets(of: value)
            #expect(found.count == wanted.count, "\(name)")
            for (one, other) in zip(found.sorted(by: Self.isBelow), wanted.sorted(by: Self.isBelow)) {
                let isEqual = zip(one, other).allSatisfy { $0 == $1 || ($0 - $1).magnitude <= 1e-9 * $1.magnitude }
                #expect(isEqual, "\(name): \(one) instead of \(other)")
            }
        }
    }

    /// The lower and the upper bound of each bucket that is not empty, and its count.
    ///
    /// Source: Prometheus, "Native histograms": the upper bound of bucket i is 2 to the power of i / 2^schema.
    private static func buckets(of value: NativeHistogramValue) -> [[Double]] {
        func bound(_ index: Int) -> Double { exp2(Double(index) * exp2(-Double(value.schema))) }
        var buckets = value.positive.map { [bound($0.key - 1), bound($0.key), Double($0.value)] }
        buckets += value.negative.map { [-bound($0.key), -bound($0.key - 1), Double($0.value)] }
        buckets.append([-value.zeroThreshold, value.zeroThreshold, Double(value.zeroCount)])
        return buckets.filter { $0[2] > 0 }
    }

    private static func isBelow(_ one: [Double], _ other: [Double]) -> Bool {
        (one[0], one[1]) < (other[0], other[1])
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            escaped += scalar == "\\" ? "\\\\" : scalar == "\n" ? "\\n" : String(scalar)
        }
    }

    private func compareExemplars(
        _ prometheus: PrometheusServer, _ registries: [RandomRegistry], _ format: ExpositionFormat
    ) async throws {
        // In OpenMetrics this Prometheus keeps the labels of exemplars as they stand in the page, escapes and all.
        let isEscaped = format != .protobuf
        var checked: [String: Int] = [:]
        for family in registries.flatMap(\.families) {
            var name = family.descriptor.name
            var bounds: [Double] = []
            switch family.descriptor.kind {
            case .counter: break
            case .histogram(let buckets), .gaugeHistogram(let buckets):
                name += "_bucket"
                bounds = buckets + [.infinity]
            default: continue
            }
            let stored = Dictionary(
                try await prometheus.exemplars(name).map {
                    (Key(name, $0.seriesLabels, numbersAreBits: false), $0.exemplars)
                }
            ) { first, _ in first }
            for series in family.series {
                for (position, exemplar) in series.exemplars {
                    var labels = Dictionary(uniqueKeysWithValues: zip(family.descriptor.labels, series.labels))
                    if !bounds.isEmpty { labels["le"] = String(bounds[position].bitPattern, radix: 16) }
                    let one = try #require(
                        stored[Key(name, labels, numbersAreBits: true)]?.last, "\(name) \(labels)")
                    #expect(Double(one.value) == exemplar.value)
                    for label in exemplar.labels where !label.value.isEmpty {
                        #expect(one.labels[label.name] == (isEscaped ? Self.escaped(label.value) : label.value))
                    }
                    checked[family.descriptor.kind.name, default: 0] += 1
                }
            }
        }
        #expect(checked["counter", default: 0] > 3)
        #expect(checked["histogram", default: 0] > 10)
    }

    private struct Given: Instrument {
        let family: Family
        var descriptor: Descriptor { family.descriptor }
    }
}
