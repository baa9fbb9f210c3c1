public import Exposition

/// A registry of many series with three labels each, and the means to change them.
///
/// Nine tenths of the lines are counters and gauges, half of each; the rest is histograms.
public struct Workload: Sendable {
    /// Which values the gauges take.
    public enum Values: Sendable {
        /// Numbers of up to six digits, as counts are.
        case whole
        /// Numbers of all 17 digits.
        case fractional
    }

    /// What is scraped.
    public let registry: Registry
    private let counters: [Counter.Child]
    private let gauges: [Gauge.Child]
    private let histograms: [Histogram.Child]
    private let hammered: Histogram

    /// Makes a registry of about this many sample lines in eleven families.
    public init(series: Int) throws(ExpositionError) {
        registry = Registry(namespace: "workload", maximumSeriesPerFamily: .max)
        var counters: [Counter.Child] = []
        var gauges: [Gauge.Child] = []
        var histograms: [Histogram.Child] = []
        let perFamily = series * 9 / 100
        for family in 0..<5 {
            let counter = Counter(
                .counter("workload_requests_\(family)_total", "Requests.", labels: ["method", "path", "code"]),
                maximumSeries: .max)
            try registry.register(counter)
            for row in 0..<perFamily {
                counters.append(
                    counter.labels(["GET", "POST", "PUT"][row % 3], "/api/v1/resource/\(row / 15)", "\(200 + row % 5)"))
            }
            let gauge = Gauge(
                .gauge("workload_temperature_\(family)", "Temperature.", labels: ["region", "host", "disk"]),
                maximumSeries: .max)
            try registry.register(gauge)
            for row in 0..<perFamily {
                gauges.append(gauge.labels("eu-west-\(row % 3)", "host-\(row / 9)", "sd\(row % 9)"))
            }
        }
        let histogram = Histogram(
            .histogram("workload_latency_seconds", "Latency.", labels: ["method", "path", "code"]), maximumSeries: .max)
        try registry.register(histogram)
        for row in 0..<max(1, series / 10 / 14) {
            histograms.append(histogram.labels("GET", "/api/v1/resource/\(row)", "200"))
        }
        hammered = Histogram(.histogram("workload_hammered", "Hammered.", labels: ["half"], buckets: [1, 5]))
        try registry.register(hammered)
        self.counters = counters
        self.gauges = gauges
        self.histograms = histograms
        change(every: 1, .fractional, seed: 1)
    }

    /// Changes every `step`-th series, and thus that share of each family.
    public func change(every step: Int, _ values: Values, seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func next() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) * 0x1p-53
        }
        for row in stride(from: 0, to: counters.count, by: step) {
            counters[row].increment(by: (next() * 1000).rounded(.up))
        }
        for row in stride(from: 0, to: gauges.count, by: step) {
            gauges[row].set(values == .whole ? (next() * 1e6).rounded() : next() * 1e6)
        }
        for row in stride(from: 0, to: histograms.count, by: step) { histograms[row].observe(next() * 10) }
    }

    /// Updates instruments without end, as one of many threads; never returns.
    ///
    /// The histogram `workload_hammered` gets 0.5 and 2 alone, so that its sum says what its counts must be.
    public func hammer(_ thread: Int) -> Never {
        let hammered = self.hammered.labels("\(thread % 2)")
        var turn = thread &* 7919
        while true {
            turn &+= 1
            counters[turn % counters.count].increment()
            gauges[turn % gauges.count].add(0.25)
            histograms[turn % histograms.count].observe(Double(turn & 7))
            hammered.observe(turn & 1 == 0 ? 0.5 : 2)
        }
    }

    /// Changes one family's share of the series: all of its first `count`.
    public func changeFirst(_ count: Int, seed: UInt64) {
        for (row, gauge) in gauges.prefix(count).enumerated() { gauge.set(Double(seed) * 1.37 + Double(row)) }
    }
}
