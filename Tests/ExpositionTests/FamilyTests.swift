import Exposition
import Testing

struct FamilyTests {
    @Test func `An unknown value is absent`() {
        let descriptor = Descriptor.gauge("a", "A.")
        #expect(Family(descriptor, nil).series.isEmpty)
        #expect(Family(descriptor, nil).dropped == 0)
        #expect(Family(descriptor, 0).value() == 0)
    }

    @Test func `Label values that do not match the labels are dropped and counted`() {
        var family = Family(.gauge("a", "A.", labels: ["l", "m"]))
        family.append(1)
        family.append(2, labels: ["x"])
        family.append(3, labels: ["x", "y", "z"])
        family.append(4, labels: ["x", "y"])
        #expect(family.dropped == 3)
        #expect(family.series.map(\.labels) == [["x", "y"]])
        #expect(family.value(["x", "y"]) == 4)
        #expect(Family(.gauge("a", "A.", labels: ["l"]), 1).dropped == 1)
    }

    @Test(arguments: [-1, -0.5, .nan, -.infinity])
    func `A counter below 0 or not a number is dropped`(value: Double) {
        let family = Family(.counter("a_total", "A."), value)
        #expect(family.series.isEmpty)
        #expect(family.dropped == 1)
    }

    @Test func `An info other than 1 is dropped`() {
        var family = Family(.info("a_info", "A.", labels: ["v"]))
        family.append(0, labels: ["1"])
        family.append(1, labels: ["2"])
        #expect(family.dropped == 1)
        #expect(family.value(["2"]) == 1)
        #expect(family.value(["1"]) == nil)
    }

    @Test func `Points of another kind or with other buckets are dropped`() {
        var histogram = Family(.histogram("a", "A.", buckets: [1, 2]))
        histogram.append(1)
        histogram.append(HistogramValue(counts: [1, 0], sum: 0.5))
        histogram.append(HistogramValue(counts: [1, 0, 4], sum: 0.5))
        #expect(histogram.dropped == 2)
        #expect(histogram.series.count == 1)
        var gauge = Family(.gauge("a", "A."))
        gauge.append(HistogramValue(counts: [1], sum: 0.5))
        #expect(gauge.dropped == 1)
    }
}
