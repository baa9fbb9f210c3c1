import Dispatch
import Exposition
import Testing

/// Series that are kept by who updates them.
struct SeriesTableTests {
    @Test func `A kept series and its label values are the same series`() {
        let counter = Counter(.counter("a_total", "A.", labels: ["l", "m"]))
        let child = counter.labels("x", "y")
        child.increment()
        child.increment(by: 0.5)
        counter.increment(["x", "y"], by: 2)
        #expect(child.value == 3.5)
        #expect(counter.value(["x", "y"]) == 3.5)
    }

    @Test func `A kept series that is one too many counts as refused whatever it is told`() throws {
        let registry = Registry(namespace: "own")
        let gauge = Gauge(.gauge("a", "A.", labels: ["l"]), maximumSeries: 1)
        try registry.register(gauge)
        gauge.labels("x").set(1)
        let refused = gauge.labels("y")
        refused.set(2)
        refused.add(1)
        gauge.labels("too", "many").set(1)
        let dropped = try #require(registry.gather().first { $0.descriptor.name == "own_series_dropped_total" })
        #expect(dropped.value(["a"]) == 3)
        #expect(gauge.family.series.map(\.labels) == [["x"]])
    }

    @Test func `A removed series makes room, and who has kept it goes on unseen`() {
        let counter = Counter(.counter("a_total", "A.", labels: ["l"]), maximumSeries: 1)
        let kept = counter.labels("x")
        counter.remove(["x"])
        kept.increment()
        counter.increment(["y"])
        #expect(counter.family.series.map(\.labels) == [["y"]])
    }

    @Test func `No whole or fractional increment of a kept series is lost`() {
        let child = Counter(.counter("a_total", "A.", labels: ["l"])).labels("x")
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<10_000 {
                child.increment()
                child.increment(by: 0.25)
            }
        }
        #expect(child.value == 100_000)
    }

    @Test func `A histogram is never torn: its sum fits its counts at every scrape`() {
        let histogram = Histogram(.histogram("a", "A.", buckets: [1, 2]))
        let summary = Summary(.summary("b", "B."))
        let native = NativeHistogram(.nativeHistogram("c", "C."))
        DispatchQueue.concurrentPerform(iterations: 5) { thread in
            for turn in 0..<5_000 {
                if thread == 0 {
                    guard turn % 10 == 0, let value = histogram.value(), let pair = summary.value(),
                        let buckets = native.value()
                    else { continue }
                    #expect(value.sum == Double(value.counts[0]) * 0.5 + Double(value.counts[1]) * 2)
                    #expect(pair.sum == Double(pair.count) * 0.5)
                    #expect(buckets.positive.values.reduce(0, +) == buckets.classic.count)
                } else {
                    histogram.observe(turn % 2 == 0 ? 0.5 : 2)
                    summary.observe(0.5)
                    native.observe(Double(turn + 1))
                }
            }
        }
        #expect(histogram.value()?.counts == [10_000, 10_000, 0])
    }

    @Test func `States that are not declared are refused`() {
        let states = StateSet(.stateSet("a", "A.", states: ["on", "off"]))
        states.set(["on"])
        states.set(["neither"])
        #expect(states.value() == ["on"])
        #expect(states.family.series.map(\.point) == [.states(["on"])])
    }
}
