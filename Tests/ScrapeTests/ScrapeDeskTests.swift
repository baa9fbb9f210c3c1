import Dispatch
import Exposition
import Logging
import Synchronization
import Testing

@testable import Agent

/// The desk at which scrapes wait for pages, without the network; the thread sanitizer runs this too.
struct ScrapeDeskTests {
    @Test func `Many ask at once for every format while a collector hangs and threads update`() async throws {
        let registry = Registry(namespace: "own")
        let counter = Counter(.counter("asked_total", "Asked.", labels: ["thread"]))
        let histogram = Histogram(.histogram("waited_seconds", "Waited.", buckets: [1, 2]))
        let hanging = HangingCollector()
        try registry.register(counter)
        try registry.register(histogram)
        try registry.register(hanging)
        try registry.register(SeriesCollector(rows: 100))
        let desk = ScrapeDesk(
            registry: registry, patience: .milliseconds(20), logger: Logger(label: "desk") { _ in LogLines() })
        let isOver = Atomic<Bool>(false)
        let updaters = DispatchGroup()
        for thread in 0..<4 {
            DispatchQueue(label: "updater \(thread)").async(group: updaters) {
                while !isOver.load(ordering: .acquiring) {
                    counter.increment(["\(thread)"])
                    histogram.observe(Double(thread))
                }
            }
        }
        await withTaskGroup(of: Bool.self) { tasks in
            for turn in 0..<200 {
                let format = ExpositionFormat.allCases[turn % 4]
                tasks.addTask {
                    await desk.page(format, turn % 3 == 0 ? .gzip : .identity, within: .seconds(30)) != nil
                }
            }
            for await isAnswered in tasks { #expect(isAnswered) }
        }
        hanging.release()
        isOver.store(true, ordering: .releasing)
        updaters.wait()
    }
}
