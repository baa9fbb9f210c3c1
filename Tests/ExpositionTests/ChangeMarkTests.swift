import Dispatch
import Exposition
import Synchronization
import Testing

/// Scrapes that read again only what was updated.
struct ChangeMarkTests {
    @Test func `Every update is in the next page, wherever its series stands, and whoever else scrapes`() throws {
        let registry = Registry(namespace: "own")
        let gauge = Gauge(.gauge("a", "A.", labels: ["l"]))
        let counter = Counter(.counter("b_total", "B.", labels: ["l"]))
        try registry.register(gauge)
        try registry.register(counter)
        for row in 0..<1100 { gauge.set(0, ["\(row)"]) }
        let isOver = Atomic<Bool>(false)
        let others = DispatchGroup()
        DispatchQueue(label: "scraper").async(group: others) {
            while !isOver.load(ordering: .acquiring) { _ = registry.gather() }
        }
        for turn in 1...500 {
            gauge.set(Double(turn), ["\(turn * 7919 % 1100)"])
            gauge.add(0.5, ["\(turn * 7919 % 1100)"])
            counter.increment(["\(turn % 30)"], by: 0.5)
            // New series in between, and such that are gone again.
            if turn % 50 == 0 { gauge.set(1, ["new \(turn)"]) }
            if turn % 70 == 0 { gauge.set(nil, ["\(turn)"]) }
            let families = registry.gather()
            let value = families.first { $0.descriptor.name == "a" }?.value(["\(turn * 7919 % 1100)"])
            #expect(value == (turn % 70 == 0 && turn * 7919 % 1100 == turn ? nil : Double(turn) + 0.5))
            let total = families.first { $0.descriptor.name == "b_total" }?.series
                .reduce(0.0) { sum, series in
                    guard case .number(let value) = series.point else { return sum }
                    return sum + value
                }
            #expect(total == Double(turn) / 2)
        }
        isOver.store(true, ordering: .releasing)
        others.wait()
    }

    @Test func `What many threads counted is in the page that is asked for after they are done`() throws {
        let counter = Counter(.counter("a_total", "A.", labels: ["l"]))
        let children = (0..<64).map { counter.labels("\($0)") }
        for round in 1...200 {
            let scrapes = DispatchGroup()
            DispatchQueue.global().async(group: scrapes) { for _ in 0..<20 { _ = counter.family } }
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                for turn in 0..<64 { children[(turn * 5 + thread) % 64].increment() }
            }
            let family = counter.family
            for row in 0..<64 { #expect(family.value(["\(row)"]) == Double(round * 4)) }
            scrapes.wait()
        }
    }

    @Test func `What many threads observed is in the page that is asked for after they are done`() {
        let histogram = Histogram(.histogram("a", "A.", labels: ["l"], buckets: [1]))
        let children = (0..<600).map { histogram.labels("\($0)") }
        for round in 1...50 {
            let scrapes = DispatchGroup()
            DispatchQueue.global().async(group: scrapes) { for _ in 0..<20 { _ = histogram.family } }
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                for turn in 0..<60 { children[(turn * 70 + thread) % 600].observe(turn % 2 == 0 ? 0.5 : 2) }
            }
            let total = histogram.family.series.reduce(0 as UInt64) { sum, series in
                guard case .histogram(let value) = series.point else { return sum }
                return sum + value.count
            }
            #expect(total == UInt64(round * 240))
            scrapes.wait()
        }
        histogram.observe(0.5, ["7"], exemplar: Exemplar(["trace_id": "1"]))
        #expect(histogram.family.series.contains { $0.labels == ["7"] && $0.exemplars[0] != nil })
    }
}
