import Dispatch
import Exposition
import Testing

/// Collectors that throw, lie or hang.
struct GatheringTests {
    private struct Fault: Error, CustomStringConvertible {
        let description = "out of order"
    }

    private struct Good: Collector {
        let name = "good"
        static let descriptors = [Descriptor.gauge("good", "Good.")]
        func collect() -> [Family] { [Family(Self.descriptors[0], 1)] }
    }

    private struct Throwing: Collector {
        let name = "throwing"
        static let descriptors = [Descriptor.gauge("thrown", "Thrown.")]
        func collect() throws -> [Family] { throw Fault() }
    }

    /// Waits inside until it is let go.
    private final class Hanging: Collector {
        let name = "hanging"
        static let descriptors = [Descriptor.gauge("hung", "Hung.")]
        let entered = DispatchSemaphore(value: 0)
        let release = DispatchSemaphore(value: 0)

        func collect() -> [Family] {
            entered.signal()
            release.wait()
            return [Family(Self.descriptors[0], 1)]
        }
    }

    @Test func `A collector that throws costs its own families, and says why`() throws {
        let registry = Registry(namespace: "own")
        try registry.register(Throwing())
        try registry.register(Good())
        let gathering = Gathering(registry)
        gathering.run()
        #expect(gathering.isComplete)
        #expect(gathering.failures.map(\.description) == ["collector throwing failed: out of order"])
        let families = gathering.families()
        #expect(value("good", in: families) == 1)
        #expect(value("own_collector_success", ["throwing"], in: families) == 0)
        #expect(value("own_collector_success", ["good"], in: families) == 1)
        #expect(value("own_collector_failures_total", ["throwing", "threw"], in: families) == 1)
        #expect(value("own_collector_failures_total", ["good", "threw"], in: families) == 0)
    }

    @Test func `A collector that hangs is given up, left alone, and taken back when it returns`() throws {
        let registry = Registry(namespace: "own")
        let hanging = Hanging()
        try registry.register(hanging)
        try registry.register(Good())
        let gathering = Gathering(registry)
        let stuck = Thread { gathering.run() }
        hanging.entered.wait()
        #expect(!gathering.skipCurrent(after: .seconds(3600)))
        #expect(gathering.skipCurrent())
        gathering.run()
        #expect(gathering.isComplete)
        #expect(gathering.failures.map(\.reason) == [.hung])
        let first = gathering.families()
        #expect(value("good", in: first) == 1)
        #expect(value("own_collector_failures_total", ["hanging", "hung"], in: first) == 1)

        let second = registry.gather()
        #expect(value("good", in: second) == 1)
        #expect(value("own_collector_success", ["hanging"], in: second) == 0)
        #expect(value("own_collector_failures_total", ["hanging", "hung"], in: second) == 2)

        hanging.release.signal()
        stuck.join()
        #expect(!gathering.families().contains { $0.descriptor.name == "hung" })
        hanging.release.signal()
        #expect(value("hung", in: registry.gather()) == 1)
    }

    @Test func `What was lost is counted once, however many pages a gathering makes`() throws {
        let registry = Registry(namespace: "own")
        try registry.register(Throwing())
        let gathering = Gathering(registry)
        gathering.run()
        for format in ExpositionFormat.allCases { _ = gathering.page(as: format) }
        #expect(value("own_collector_failures_total", ["throwing", "threw"], in: gathering.families()) == 1)
    }

    private func value(_ name: String, _ labels: [String] = [], in families: [Family]) -> Double? {
        families.first { $0.descriptor.name == name }?.value(labels)
    }

    /// A thread that can be waited for.
    private final class Thread: Sendable {
        private let group = DispatchGroup()

        init(_ body: @escaping @Sendable () -> Void) {
            DispatchQueue.global().async(group: group, execute: body)
        }

        func join() { group.wait() }
    }
}
