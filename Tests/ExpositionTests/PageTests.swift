import Exposition
import Testing

/// What a page takes over from the one before.
struct PageTests {
    private let registry = Registry(namespace: "page")
    private let gauge = Gauge(.gauge("a", "A.", labels: ["l"]), maximumSeries: 5000)
    private let histogram = Histogram(.histogram("h", "H.", labels: ["l"], buckets: [1, 2]))

    init() throws {
        try registry.register(gauge)
        try registry.register(histogram)
        for row in 0..<500 { gauge.set(Double(row) / 7, ["\(row)"]) }
        for row in 0..<50 { histogram.observe(Double(row % 4), ["\(row)"]) }
    }

    @Test(arguments: ExpositionFormat.allCases)
    func `A page in which nothing changed is the page before`(format: ExpositionFormat) {
        for coding in [ContentCoding.identity, .gzip] {
            let page = registry.page(as: format, coding: coding)
            #expect(registry.page(as: format, coding: coding) === page)
        }
    }

    @Test(arguments: ExpositionFormat.allCases)
    func `A page after changes is what a registry without a past makes of the same values`(
        format: ExpositionFormat
    ) async throws {
        var cases: [Referee.Case] = []
        var random = SplitMix(seed: 7)
        for turn in 0..<30 {
            switch turn % 5 {
            case 0: gauge.set(random.number(), ["\(Int.random(in: 0..<500, using: &random))"])
            case 1: histogram.observe(0.5, ["\(Int.random(in: 0..<50, using: &random))"])
            case 2: gauge.set(random.number(), ["new \(turn)"])
            case 3: gauge.set(nil, ["\(Int.random(in: 0..<500, using: &random))"])
            default: gauge.labels("\(turn)").set(nil)
            }
            let plain = registry.page(as: format)
            #expect(plain.bytes == ExpositionEncoder.encode(registry.gather(), as: format))
            let samples = registry.gather().flatMap { ExpectedSample.all(of: $0, as: format) }
            cases.append(Referee.Case("turn \(turn)", registry.page(as: format, coding: .gzip), samples))
        }
        let verdict = try await Referee.judge(cases)
        #expect(verdict.faults.prefix(5) == [])
    }

    @Test func `The order of a page does not depend on the order of updates`() throws {
        let other = Registry(namespace: "page")
        let reversed = Gauge(.gauge("a", "A.", labels: ["l"]), maximumSeries: 5000)
        try other.register(histogram)
        try other.register(reversed)
        for row in (0..<500).reversed() { reversed.set(Double(row) / 7, ["\(row)"]) }
        #expect(other.page(as: .openMetrics1).bytes == registry.page(as: .openMetrics1).bytes)
    }

    @Test func `Texts that only look alike are different series`() throws {
        let registry = Registry(namespace: "page")
        let counter = Counter(.counter("a_total", "A.", labels: ["l"]))
        try registry.register(counter)
        counter.increment(["é"], by: 1)
        counter.increment(["e\u{301}"], by: 2)
        let page = String(decoding: registry.page(as: .text).bytes, as: UTF8.self)
        #expect(page.contains("a_total{l=\"e\u{301}\"} 2\na_total{l=\"é\"} 1\n"))
    }

    @Test func `Bytes that are no text are replaced`() throws {
        let gauge = Gauge(.gauge("a", "A.", labels: ["l"]))
        gauge.set(1, [String(decoding: [0x61, 0xff, 0xc3], as: UTF8.self)])
        let page = String(decoding: ExpositionEncoder.encode([gauge.family], as: .text), as: UTF8.self)
        #expect(page.hasSuffix("a{l=\"a\u{fffd}\u{fffd}\"} 1\n"))
    }
}
