import Exposition
import Subprocess
import Testing

/// Compressed pages in which single lines change.
struct CompressedLinesTests {
    private let registry = Registry(namespace: "page")
    private let gauge = Gauge(.gauge("a", "A.", labels: ["l", "m"]), maximumSeries: 5000)
    private let counter = Counter(.counter("b_total", "B.", labels: ["l"]))

    init() throws {
        try registry.register(gauge)
        try registry.register(counter)
        for row in 0..<500 { gauge.set(Double(row) / 7, Self.labels(row)) }
        for row in 0..<33 { counter.increment(["\(row)"]) }
    }

    private static func labels(_ row: Int) -> [String] {
        [["\"", "a\\\"b", "", "é", "\n"][row % 5], String(row, radix: 2)]
    }

    /// What gzip itself makes of pages one after another, and what they should be.
    private func compare(_ format: ExpositionFormat, _ turns: Int, _ change: (Int) -> Void) async throws {
        var packed: [UInt8] = []
        var plain: [UInt8] = []
        for turn in 0..<turns {
            change(turn)
            packed += registry.page(as: format, coding: .gzip).bytes
            plain += ExpositionEncoder.encode(registry.gather(), as: format)
        }
        let result = try await run(
            .name("gzip"), arguments: ["-dc"], input: .array(packed), output: .bytes(limit: 1 << 26),
            error: .string(limit: 1 << 10))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        #expect(result.standardOutput == plain)
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics1])
    func `Lines that become longer, shorter or stay as long, anywhere`(format: ExpositionFormat) async throws {
        var random = SplitMix(seed: 3)
        try await compare(format, 150) { turn in
            for _ in 0..<Int.random(in: 0...[1, 3, 40, 600][turn % 4], using: &random) {
                gauge.set(random.number(), Self.labels(Int.random(in: 0..<500, using: &random)))
            }
            if turn % 3 == 0 { counter.increment(["\(turn % 33)"], by: random.pick([1, 1e3, 1e9, 0.1])) }
        }
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics1])
    func `Neighbours in and across blocks, the first and the last`(format: ExpositionFormat) async throws {
        let numbers = [1, 0.1, 1e300, 12_345.678, -1, .nan]
        try await compare(format, 120) { turn in
            let row = [0, 14, 15, 16, 31, 32, 498, 499][turn % 8]
            gauge.set(numbers[turn % numbers.count], Self.labels(row))
            if turn % 5 > 1 { gauge.set(numbers[turn * 7 % numbers.count], Self.labels(min(row + 1, 499))) }
            counter.increment(["\(turn % 2 * 32)"], by: Double(turn * turn))
        }
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics1])
    func `Lines that come, go, are unknown for a while or have an exemplar`(format: ExpositionFormat) async throws {
        let exemplar = Exemplar(["trace_id": "1"])
        try await compare(format, 60) { turn in
            switch turn % 6 {
            case 0: gauge.labels(Self.labels(turn)[0], Self.labels(turn)[1]).set(nil)
            case 1: gauge.set(1, Self.labels(turn - 1))
            case 2: gauge.set(2, ["new", "\(turn)"])
            case 3: gauge.set(nil, Self.labels(turn))
            case 4: counter.increment(["4"], exemplar: turn > 40 ? exemplar : nil)
            default: gauge.set(Double(turn), Self.labels(499))
            }
        }
    }

    @Test func `Texts of more than a match, and of more than can be referred to`() async throws {
        for length in [250, 257, 258, 259, 260, 261, 262, 515, 516, 517, 7_000] {
            gauge.set(1, [String(repeating: "x", count: length), "y"])
            gauge.set(1, [String(repeating: "x", count: length), "z"])
        }
        try await compare(.text, 20) { turn in gauge.set(Double(turn), [String(repeating: "x", count: 260), "z"]) }
        gauge.set(1, [String(repeating: "x", count: 9_000), "y"])
        try await compare(.text, 20) { turn in gauge.set(Double(turn), [String(repeating: "x", count: 260), "z"]) }
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics1])
    func `Scrapes that overtake each other, the page of the later one being made first`(
        format: ExpositionFormat
    ) async throws {
        var pages: [UInt8] = []
        var plain: [UInt8] = []
        for turn in 0..<30 {
            let gatherings = (0..<3).map { step in
                gauge.set(Double(turn * 7 + step * 1000) / 3, Self.labels(turn * 17 % 500))
                counter.increment(["\(turn * step % 33)"], by: 1e3)
                let gathering = Gathering(registry)
                gathering.run()
                return gathering
            }
            for gathering in [gatherings[1], gatherings[0], gatherings[2]] {
                pages += gathering.page(as: format, coding: .gzip).bytes
                plain += ExpositionEncoder.encode(gathering.families(), as: format)
            }
        }
        let result = try await run(
            .name("gzip"), arguments: ["-dc"], input: .array(pages), output: .bytes(limit: 1 << 26),
            error: .string(limit: 1 << 10))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        #expect(result.standardOutput == plain)
    }
}
