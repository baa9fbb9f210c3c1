import Dispatch
import Exposition
import Testing

struct HistogramTests {
    private let descriptor = Descriptor.histogram("a_seconds", "A.", buckets: [1, 2])

    @Test func `A histogram without labels starts empty`() {
        #expect(Histogram(descriptor).value() == HistogramValue(counts: [0, 0, 0], sum: 0))
    }

    @Test func `A value that equals a bound falls below it`() {
        let histogram = Histogram(descriptor)
        for value in [0.5, 1, 1.5, 2, 2.5, 3] { histogram.observe(value) }
        #expect(histogram.value() == HistogramValue(counts: [2, 2, 2], sum: 10.5))
        #expect(histogram.value()?.count == 6)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `A value that would spoil the sum is ignored`(value: Double) {
        let histogram = Histogram(descriptor)
        histogram.observe(value)
        #expect(histogram.value()?.count == 0)
    }

    @Test func `Seeded combinations start empty, others when they happen`() {
        let histogram = Histogram(.histogram("a", "A.", labels: ["l"], buckets: [1]), seed: [["x"]])
        histogram.observe(0.5, ["y"])
        #expect(histogram.value(["x"])?.count == 0)
        #expect(histogram.value(["y"])?.counts == [1, 0])
        #expect(histogram.value(["z"]) == nil)
    }

    @Test func `No observation from eight threads is lost`() {
        let histogram = Histogram(descriptor)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for _ in 0..<5_000 { histogram.observe(Double(thread % 4)) }
        }
        #expect(histogram.value() == HistogramValue(counts: [20_000, 10_000, 10_000], sum: 60_000))
    }
}
