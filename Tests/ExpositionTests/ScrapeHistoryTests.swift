import Testing

@testable import Exposition

struct ScrapeHistoryTests {
    @Test func `a page is read back with every label, whatever it holds, and what the scraper adds`() throws {
        let awkward = #"a "quoted" \ back, {brace}=# and"# + "\na line"
        var gauge = Family(Descriptor.gauge("touchline_oddity", "An oddity.", labels: ["what"]))
        gauge.append(2.5, labels: [awkward])
        let counter = Counter(Descriptor.counter("touchline_things_total", "Things.", labels: []))
        counter.increment(by: 3)
        let registry = Registry()
        try registry.register(Given(families: [gauge]))
        try registry.register(counter)
        var history = ScrapeHistory(job: "j", instance: "i") { !$0.hasPrefix("touchline_collector") }
        let values = history.read(registry.page(as: .openMetrics1).bytes)
        let oddity = try #require(values.first { history.series[$0.series].labels.contains { $0.value == awkward } })
        #expect(oddity.value == 2.5)
        #expect(
            history.series[oddity.series].labels == [
                .init(name: "__name__", value: "touchline_oddity"), .init(name: "instance", value: "i"),
                .init(name: "job", value: "j"), .init(name: "what", value: awkward),
            ])
        #expect(
            history.series[oddity.series].text
                == #"touchline_oddity{instance="i",job="j",what="a \"quoted\" \\ back, {brace}=# and\na line"}"#)
        let things = try #require(history.families.first { $0.name == "touchline_things" })
        #expect(things.head.contains("# TYPE touchline_things counter"))
        #expect(history.series.contains { $0.text == #"touchline_things_total{instance="i",job="j"}"# })
        #expect(!history.families.contains { $0.name.hasPrefix("touchline_collector") })
        // The same page again makes nothing new.
        let (families, series) = (history.families.count, history.series.count)
        #expect(history.read(registry.page(as: .openMetrics1).bytes).count == values.count)
        #expect(history.families.count == families && history.series.count == series)
    }

    @Test func `an exemplar is left out`() {
        var history = ScrapeHistory(job: "j", instance: "i")
        let page = "# TYPE a counter\na_total{b=\"# {x\"} 17 # {trace=\"1 2\"} 3 4\n# EOF\n"
        let values = history.read(Array(page.utf8))
        #expect(values.map(\.value) == [17])
        #expect(history.series.map(\.text) == [##"a_total{b="# {x",instance="i",job="j"}"##])
    }

    @Test func `a request is labels and samples in the order of the specification`() {
        let request = RemoteWriteRequest(series: [
            .init(labels: [.init(name: "__name__", value: "up")], samples: [.init(value: 1, timestamp: 300)])
        ])
        let label: [UInt8] = [0x0a, 8] + Array("__name__".utf8) + [0x12, 2] + Array("up".utf8)
        let sample: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 0xac, 0x02]
        let series = [0x0a, UInt8(label.count)] + label + [0x12, UInt8(sample.count)] + sample
        #expect(request.message == [0x0a, UInt8(series.count)] + series)
    }

    private struct Given: Collector {
        static let descriptors = [Descriptor.gauge("touchline_oddity", "An oddity.", labels: ["what"])]
        let name = "given"
        let families: [Family]

        func collect() -> [Family] { families }
    }
}
