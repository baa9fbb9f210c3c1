import Dispatch
import Exposition
import Testing

struct CounterTests {
    private let plain = Descriptor.counter("a_total", "A.")
    private let labelled = Descriptor.counter("a_total", "A.", labels: ["l"])

    @Test func `A counter without labels starts at 0`() {
        let counter = Counter(plain)
        #expect(counter.value() == 0)
        counter.increment()
        counter.increment(by: 2.5)
        #expect(counter.value() == 3.5)
    }

    @Test func `Seeded combinations start at 0, others when they happen`() {
        let counter = Counter(labelled, seed: [["x"]])
        #expect(counter.value(["x"]) == 0)
        #expect(counter.value(["y"]) == nil)
        counter.increment(["y"])
        #expect(counter.family.value(["x"]) == 0)
        #expect(counter.family.value(["y"]) == 1)
    }

    @Test(arguments: [-1, -0.001, .nan, .infinity, -.infinity])
    func `An amount that a total cannot grow by is ignored`(amount: Double) {
        let counter = Counter(plain)
        counter.increment(by: amount)
        #expect(counter.value() == 0)
    }

    @Test func `No increment from eight threads is lost`() {
        let counter = Counter(labelled, seed: [["x"]])
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for _ in 0..<5_000 {
                counter.increment(["x"])
                counter.increment(["thread \(thread)"], by: 2)
            }
        }
        #expect(counter.value(["x"]) == 40_000)
        #expect((0..<8).map { counter.value(["thread \($0)"]) } == Array(repeating: 10_000, count: 8))
    }

    @Test func `Series above the cap are not made, those within it go on`() {
        let counter = Counter(labelled, maximumSeries: 2)
        for label in ["x", "y", "z", "x", "z"] { counter.increment([label]) }
        #expect(counter.family.series.count == 2)
        #expect(counter.value(["x"]) == 2)
        #expect(counter.value(["z"]) == nil)
    }
}
