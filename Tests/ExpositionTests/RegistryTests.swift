import Exposition
import Testing

struct RegistryTests {
    private struct Pair: Collector {
        let name: String
        static let descriptors = [Descriptor.gauge("pair_b", "B.", labels: ["l"]), .gauge("pair_a", "A.")]
        var families: [Family] = []

        func collect() -> [Family] { families }
    }

    private struct Broken: Collector {
        let name = "broken"
        static let descriptors = [Descriptor.gauge("fine", "Fine."), .gauge("Wrong", "Wrong.")]
        func collect() -> [Family] { [] }
    }

    @Test func `Families come sorted by name and their series by label values`() throws {
        let registry = Registry()
        var pairs = Family(Pair.descriptors[0])
        for label in ["z", "a", "m"] { pairs.append(1, labels: [label]) }
        try registry.register(Pair(name: "pair", families: [pairs, Family(Pair.descriptors[1], 2)]))
        let families = registry.gather()
        #expect(
            families.map(\.descriptor.name) == [
                "pair_a", "pair_b", "touchline_collector_duration_seconds", "touchline_collector_failures_total",
                "touchline_collector_success", "touchline_series_dropped_total",
            ]
        )
        #expect(families[1].series.map(\.labels) == [["a"], ["m"], ["z"]])
        #expect(registry.descriptors == families.map(\.descriptor))
    }

    @Test func `A collector's time and success are exposed under its name`() throws {
        let registry = Registry(namespace: "other")
        try registry.register(Pair(name: "pair", families: [Family(Pair.descriptors[1], 2)]))
        #expect(try family("other_collector_success", in: registry).value(["pair"]) == 1)
        #expect(try #require(try family("other_collector_duration_seconds", in: registry).value(["pair"])) >= 0)
        #expect(try family("other_series_dropped_total", in: registry).value(["pair_b"]) == 0)
    }

    @Test(arguments: [
        Family(.gauge("undeclared", "Undeclared."), 1), Family(.gauge("pair_b", "Other help.", labels: ["l"]), 1),
        Family(Pair.descriptors[1], 3),
    ])
    func `A family that was not declared, or comes twice, costs itself and the success`(intruder: Family) throws {
        let registry = Registry()
        try registry.register(Pair(name: "pair", families: [Family(Pair.descriptors[1], 2), intruder]))
        let families = registry.gather()
        #expect(families.filter { $0.descriptor.name.hasPrefix("touchline_") }.count == 4)
        #expect(families.count == 5)
        #expect(try family("pair_a", in: registry).value() == 2)
        #expect(try family("touchline_collector_success", in: registry).value(["pair"]) == 0)
    }

    @Test func `Series above the cap are dropped, the first appended kept, and the drops add up`() throws {
        let registry = Registry(maximumSeriesPerFamily: 3)
        var pairs = Family(Pair.descriptors[0])
        for label in ["e", "d", "c", "b", "a"] { pairs.append(1, labels: [label]) }
        try registry.register(Pair(name: "pair", families: [pairs]))
        #expect(try family("pair_b", in: registry).series.map(\.labels) == [["c"], ["d"], ["e"]])
        #expect(try family("touchline_series_dropped_total", in: registry).value(["pair_b"]) == 4)
    }

    @Test func `A series that comes twice is exposed once, as it came first`() throws {
        let registry = Registry()
        var twice = Family(Pair.descriptors[1], 1)
        twice.append(2)
        try registry.register(Pair(name: "pair", families: [twice]))
        #expect(try family("pair_a", in: registry).series.map(\.point) == [.number(1)])
        #expect(try family("touchline_series_dropped_total", in: registry).value(["pair_a"]) == 2)
    }

    @Test func `What an instrument refuses is counted once`() throws {
        let registry = Registry()
        let counter = Counter(.counter("a_total", "A.", labels: ["l"]), maximumSeries: 1)
        try registry.register(counter)
        for label in ["x", "y", "y", "x"] { counter.increment([label]) }
        counter.increment(["too", "many"])
        _ = registry.gather()
        #expect(try family("touchline_series_dropped_total", in: registry).value(["a_total"]) == 3)
    }

    @Test func `A collector with an invalid descriptor is refused whole`() throws {
        let registry = Registry()
        #expect(throws: ExpositionError.invalidName(family: "Wrong")) { try registry.register(Broken()) }
        #expect(!registry.descriptors.contains { $0.name == "fine" })
        try registry.register(Gauge(.gauge("fine", "Fine.")))
    }

    @Test func `A namespace that makes invalid names is refused with the first registration`() {
        #expect(throws: ExpositionError.invalidName(family: "No_collector_duration_seconds")) {
            try Registry(namespace: "No").register(Pair(name: "pair"))
        }
    }

    @Test func `A collector is registered once`() throws {
        let registry = Registry()
        try registry.register(Pair(name: "pair"))
        #expect(throws: ExpositionError.duplicateCollector(name: "pair")) {
            try registry.register(Pair(name: "pair"))
        }
        #expect(throws: ExpositionError.nameClash(family: "pair_b", other: "pair_b", name: "pair_b")) {
            try registry.register(Pair(name: "another"))
        }
    }

    @Test(arguments: [
        (Descriptor.histogram("a_seconds", "A."), Descriptor.counter("a_seconds_total", "A."), "a_seconds"),
        (.counter("a_total", "A."), .gauge("a", "A."), "a"),
        (.gauge("a_created", "A."), .histogram("a", "A."), "a_created"),
        (.info("a_info", "A.", labels: []), .gauge("a", "A."), "a"),
        (.counter("a_count_total", "A."), .histogram("a", "A."), "a_count"),
        (.gauge("a", "A."), .gauge("a", "A."), "a"),
        (.gauge("touchline_collector_success", "A."), .gauge("b", "B."), "touchline_collector_success"),
    ])
    func `Families that would share a name in some format are refused`(
        first: Descriptor, second: Descriptor, name: String
    ) {
        let registry = Registry()
        let error = #expect(throws: ExpositionError.self) {
            try registry.register(Gauge(first))
            try registry.register(Gauge(second))
        }
        guard case .nameClash(_, _, name)? = error else {
            Issue.record("\(String(describing: error)) is no clash over \(name)")
            return
        }
    }

    @Test func `Scrapes and updates may run at once`() async throws {
        let registry = Registry()
        let counter = Counter(.counter("a_total", "A.", labels: ["l"]))
        try registry.register(counter)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for turn in 0..<20 {
                        counter.increment(["\(task) \(turn)"])
                        _ = registry.gather()
                    }
                }
            }
        }
        #expect(try family("a_total", in: registry).series.count == 160)
    }

    private func family(_ name: String, in registry: Registry) throws -> Family {
        try #require(registry.gather().first { $0.descriptor.name == name })
    }
}
