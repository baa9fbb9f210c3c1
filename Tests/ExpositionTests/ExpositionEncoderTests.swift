import Exposition
import Testing

struct ExpositionEncoderTests {
    @Test func `A page of every kind in text 0.0.4 is the golden page`() throws {
        #expect(page(try ExamplePage.families(), .text) == ExamplePage.text)
    }

    @Test func `A page of every kind in OpenMetrics 1.0.0 is the golden page`() throws {
        #expect(page(try ExamplePage.families(), .openMetrics1) == ExamplePage.openMetrics)
    }

    @Test func `OpenMetrics 0.0.1 has the same page`() throws {
        #expect(page(try ExamplePage.families(), .openMetrics001) == ExamplePage.openMetrics)
    }

    @Test func `Kinds, exemplars and beginnings make the golden page of every format`() throws {
        let families = try KindsPage.families()
        #expect(page(families, .text) == KindsPage.text)
        #expect(page(families, .openMetrics1) == KindsPage.openMetrics)
        #expect(page(families, .openMetrics001) == KindsPage.openMetrics)
        #expect(ProtobufDump.lines(ExpositionEncoder.encode(families, as: .protobuf)) == KindsPage.protobuf)
    }

    @Test func `A family without series is left out, its help too`() {
        let silent = Family(.gauge("silent", "Never set."), nil)
        #expect(page([silent], .text).isEmpty)
        #expect(page([silent], .openMetrics1) == "# EOF\n")
    }

    @Test func `Control characters, NUL and Unicode pass through`() {
        var family = Family(.gauge("odd", "Odd.", labels: ["l"]))
        family.append(1, labels: ["\0\u{1}\t\r\u{7f}é🏟"])
        #expect(page([family], .text).hasSuffix("odd{l=\"\0\u{1}\t\r\u{7f}é🏟\"} 1\n"))
    }

    @Test func `OpenMetrics gets neither sum nor count of a histogram whose sum could fall`() {
        let descriptor = Descriptor.histogram("error_ratio", "Signed error.", buckets: [-1, 0, 1])
        let histogram = Histogram(descriptor)
        histogram.observe(-0.5)
        let samples = """
            error_ratio_bucket{le="-1.0"} 0
            error_ratio_bucket{le="0.0"} 1
            error_ratio_bucket{le="1.0"} 1
            error_ratio_bucket{le="+Inf"} 1
            # EOF

            """
        #expect(page([histogram.family], .openMetrics1).hasSuffix(samples))
        #expect(page([histogram.family], .text).hasSuffix("error_ratio_sum -0.5\nerror_ratio_count 1\n"))
    }

    private func page(_ families: [Family], _ format: ExpositionFormat) -> String {
        String(decoding: ExpositionEncoder.encode(families, as: format), as: UTF8.self)
    }
}
