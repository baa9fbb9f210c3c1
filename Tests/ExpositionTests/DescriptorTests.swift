import Exposition
import Testing

struct DescriptorTests {
    @Test(arguments: [
        Descriptor.counter("a_total", "A."), .gauge("process_open_fds", "A."), .info("a_info", "A.", labels: ["v2"]),
        .histogram("a_seconds", "A.", labels: ["phase"]), .gauge("a_totals", "A."), .gauge("counter_a", "A."),
        .histogram("a", "A.", buckets: [-1, 0]),
    ])
    func `A descriptor that follows the conventions is valid`(descriptor: Descriptor) throws {
        try descriptor.validate()
    }

    @Test(arguments: ["", "1a", "_a", "__a", "Aa", "aB", "a:b", "a-b", "a b", "a.b", "é", "a\n"])
    func `A name other than snake case is refused`(name: String) {
        #expect(throws: ExpositionError.invalidName(family: name)) { try Descriptor.gauge(name, "A.").validate() }
    }

    @Test func `A suffix says the kind, and no other kind has it`() {
        #expect(throws: ExpositionError.missingSuffix(family: "a", suffix: "_total")) {
            try Descriptor.counter("a", "A.").validate()
        }
        #expect(throws: ExpositionError.missingSuffix(family: "a", suffix: "_info")) {
            try Descriptor.info("a", "A.", labels: ["l"]).validate()
        }
        #expect(throws: ExpositionError.reservedSuffix(family: "a_total", suffix: "_total")) {
            try Descriptor.gauge("a_total", "A.").validate()
        }
        #expect(throws: ExpositionError.reservedSuffix(family: "a_info", suffix: "_info")) {
            try Descriptor.gauge("a_info", "A.").validate()
        }
    }

    @Test(arguments: ["_bucket", "_count", "_sum"])
    func `A suffix of histogram samples is refused`(suffix: String) {
        #expect(throws: ExpositionError.reservedSuffix(family: "a" + suffix, suffix: suffix)) {
            try Descriptor.gauge("a" + suffix, "A.").validate()
        }
    }

    @Test(arguments: ["", " ", "\n\t"])
    func `Help without words is refused`(help: String) {
        #expect(throws: ExpositionError.emptyHelp(family: "a")) { try Descriptor.gauge("a", help).validate() }
    }

    @Test(arguments: ["__name__", "le", "quantile", "job", "instance", "env", "cluster", "type"])
    func `A label that belongs to others is refused`(label: String) {
        #expect(throws: ExpositionError.reservedLabel(family: "a", label: label)) {
            try Descriptor.gauge("a", "A.", labels: ["fine", label]).validate()
        }
    }

    @Test(arguments: ["", "1", "_a", "aB", "a:b", "a-b", "é"])
    func `A label other than snake case is refused`(label: String) {
        #expect(throws: ExpositionError.invalidLabel(family: "a", label: label)) {
            try Descriptor.gauge("a", "A.", labels: [label]).validate()
        }
    }

    @Test func `A label that stands twice is refused`() {
        #expect(throws: ExpositionError.duplicateLabel(family: "a", label: "l")) {
            try Descriptor.gauge("a", "A.", labels: ["l", "m", "l"]).validate()
        }
    }

    @Test(
        arguments: [
            [], [1, 1], [2, 1], [.nan], [1, .nan], [.nan, 1], [1, .infinity], [-.infinity, 1],
        ] as [[Double]])
    func `Buckets that are not finite and ascending are refused`(buckets: [Double]) {
        let error = #expect(throws: ExpositionError.self) {
            try Descriptor.histogram("a", "A.", buckets: buckets).validate()
        }
        #expect(error?.reason == "buckets")
    }

    @Test(arguments: [[0.5, 0.5], [1, 0.5], [-0.1], [1.1], [.nan], [0.5, .nan]] as [[Double]])
    func `Quantiles that are not ascending from 0 to 1 are refused`(quantiles: [Double]) {
        let error = #expect(throws: ExpositionError.self) {
            try Descriptor.summary("a", "A.", quantiles: quantiles).validate()
        }
        #expect(error?.reason == "quantiles")
    }

    @Test(arguments: [[], ["x", "x"], (0..<65).map { "\($0)" }])
    func `States that are none, too many or repeated are refused`(states: [String]) {
        #expect(throws: ExpositionError.invalidStates(family: "a", states: states)) {
            try Descriptor.stateSet("a", "A.", states: states).validate()
        }
    }

    @Test func `A state set may not have a label of its own name`() {
        #expect(throws: ExpositionError.duplicateLabel(family: "a", label: "a")) {
            try Descriptor.stateSet("a", "A.", labels: ["a"], states: ["x"]).validate()
        }
    }

    @Test(
        arguments: [
            (Descriptor.gauge("a_seconds", "A."), "seconds"), (.counter("a_bytes_total", "A."), "bytes"),
            (.gauge("a_timestamp_seconds", "A."), "seconds"), (.gauge("a_ratio", "A."), "ratio"),
            (.histogram("a_seconds", "A."), "seconds"), (.gauge("seconds", "A."), nil), (.gauge("a_trees", "A."), nil),
            (.gauge("a_seconds_left", "A."), nil), (.info("a_bytes_info", "A.", labels: []), nil),
        ] as [(Descriptor, String?)])
    func `The unit is what the name ends in`(descriptor: Descriptor, unit: String?) {
        #expect(descriptor.unit == unit)
    }

    @Test func `The family name drops the suffix of counters and infos alone`() {
        #expect(Descriptor.counter("a_total", "A.").familyName == "a")
        #expect(Descriptor.info("a_info", "A.", labels: []).familyName == "a")
        #expect(Descriptor.gauge("a_seconds", "A.").familyName == "a_seconds")
    }
}
