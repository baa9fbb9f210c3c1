import Dispatch
import Exposition
import Testing

struct GaugeTests {
    @Test func `A gauge is unknown until it is set, and again when it is set to nil`() {
        let gauge = Gauge(.gauge("a", "A."))
        #expect(gauge.value() == nil)
        #expect(gauge.family.series.isEmpty)
        gauge.set(-2.5)
        #expect(gauge.family.value() == -2.5)
        gauge.set(nil)
        #expect(gauge.value() == nil)
        #expect(gauge.family.series.isEmpty)
    }

    @Test func `Adding to an unknown value begins at 0`() {
        let gauge = Gauge(.gauge("a", "A.", labels: ["l"]))
        gauge.add(2, ["x"])
        gauge.add(-3, ["x"])
        #expect(gauge.value(["x"]) == -1)
    }

    @Test func `Eight threads that come and go leave 0`() {
        let gauge = Gauge(.gauge("a_in_flight", "A."))
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<5_000 {
                gauge.add(1)
                gauge.add(-1)
            }
        }
        #expect(gauge.value() == 0)
    }
}
