import Exposition
import Testing

struct ExemplarTests {
    @Test func `What OpenMetrics or Prometheus does not allow makes no exemplar`() {
        #expect(Exemplar(["trace_id": String(repeating: "é", count: 120)]) != nil)
        #expect(Exemplar(["trace_id": String(repeating: "é", count: 121)]) == nil)
        #expect(Exemplar(["a": "1", "a": "2"]) == nil)
        #expect(Exemplar(["": "1"]) == nil)
        #expect(Exemplar(["1a": "1"]) == nil)
        #expect(Exemplar(["a-b": "1"]) == nil)
        #expect(Exemplar(["a": "1\02"]) == nil)
        #expect(Exemplar([:], timestamp: .infinity) == nil)
        #expect(Exemplar(["_A9": "\n\""], timestamp: 1) != nil)
    }

    @Test func `The newest exemplar of a counter and of each bucket is kept`() throws {
        let counter = Counter(.counter("a_total", "A."))
        counter.increment(by: 2, exemplar: Exemplar(["t": "1"]))
        counter.increment(by: 3, exemplar: Exemplar(["t": "2"]))
        counter.increment()
        let kept = try #require(counter.family.series.first?.exemplars[0])
        #expect(kept.labels.map(\.value) == ["2"])
        #expect(kept.value == 3)
        let histogram = Histogram(.histogram("a", "A.", buckets: [1]))
        for (value, trace) in [(0.5, "1"), (5, "2"), (0.75, "3")] {
            histogram.observe(value, exemplar: Exemplar(["t": trace]))
        }
        let exemplars = try #require(histogram.family.series.first?.exemplars)
        #expect(exemplars.mapValues { $0.labels.map(\.value) } == [0: ["3"], 1: ["2"]])
        #expect(exemplars.mapValues(\.value) == [0: 0.75, 1: 5])
    }
}
