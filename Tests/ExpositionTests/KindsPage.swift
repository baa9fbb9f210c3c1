import Exposition

/// A family of every kind with exemplars and beginnings, and the page that each format makes of it.
enum KindsPage {
    static func families() throws -> [Family] {
        let registry = Registry(namespace: "kinds")
        let trace = Exemplar(["trace_id": "a\"b"], value: 0, timestamp: 1_700_000_000.5)
        let began: @Sendable () -> Double = { 1_600_000_000.25 }
        let counter = Counter(.counter("k_goals_total", "Goals.", labels: ["team"]), now: began)
        counter.increment(["Arsenal"], by: 2, exemplar: trace)
        let histogram = Histogram(.histogram("k_seconds", "Time.", labels: ["phase"], buckets: [0.5, 1]), now: began)
        histogram.observe(0.75, ["dns"], exemplar: trace)
        let native = NativeHistogram(.nativeHistogram("k_native_bytes", "Size.", buckets: [4]), schema: 0)
        for value in [0, 1, 3, 3.5, 100, -2] { native.observe(value) }
        var sizes = Family(.gaugeHistogram("k_queue", "Queued now, by size.", buckets: [1]))
        sizes.append(HistogramValue(counts: [2, 1], sum: 4.5))
        var summary = Family(.summary("k_latency", "Latency.", quantiles: [0.5, 1]))
        summary.append(.summary(SummaryValue(count: 3, sum: 1.5, quantiles: [0.25, .nan])))
        let states = StateSet(
            .stateSet("k_phase", "Phase.", labels: ["job"].map { $0 + "_name" }, states: ["idle", "run"]))
        states.set(["run"], ["train"])
        let unknown = Gauge(.unknown("k_unknown", "Nobody knows."))
        unknown.set(-.infinity)
        let info = Gauge(.info("k_build_info", "Built.", labels: ["version"]))
        info.set(1, ["1"])
        let instruments: [any Instrument] = [
            counter, histogram, native, Given(family: sizes), Given(family: summary), states, unknown, info,
        ]
        for instrument in instruments { try registry.register(instrument) }
        return registry.gather().filter { !$0.descriptor.name.hasPrefix("kinds") }
    }

    private struct Given: Instrument {
        let family: Family
        var descriptor: Descriptor { family.descriptor }
    }

    static let text = #"""
        # HELP k_build_info Built.
        # TYPE k_build_info gauge
        k_build_info{version="1"} 1
        # HELP k_goals_total Goals.
        # TYPE k_goals_total counter
        k_goals_total{team="Arsenal"} 2
        # HELP k_latency Latency.
        # TYPE k_latency summary
        k_latency{quantile="0.5"} 0.25
        k_latency{quantile="1"} NaN
        k_latency_sum 1.5
        k_latency_count 3
        # HELP k_native_bytes Size.
        # TYPE k_native_bytes histogram
        k_native_bytes_bucket{le="4"} 5
        k_native_bytes_bucket{le="+Inf"} 6
        k_native_bytes_sum 105.5
        k_native_bytes_count 6
        # HELP k_phase Phase.
        # TYPE k_phase gauge
        k_phase{job_name="train",k_phase="idle"} 0
        k_phase{job_name="train",k_phase="run"} 1
        # HELP k_queue Queued now, by size.
        # TYPE k_queue histogram
        k_queue_bucket{le="1"} 2
        k_queue_bucket{le="+Inf"} 3
        k_queue_sum 4.5
        k_queue_count 3
        # HELP k_seconds Time.
        # TYPE k_seconds histogram
        k_seconds_bucket{phase="dns",le="0.5"} 0
        k_seconds_bucket{phase="dns",le="1"} 1
        k_seconds_bucket{phase="dns",le="+Inf"} 1
        k_seconds_sum{phase="dns"} 0.75
        k_seconds_count{phase="dns"} 1
        # HELP k_unknown Nobody knows.
        # TYPE k_unknown untyped
        k_unknown -Inf

        """#

    static let openMetrics = #"""
        # HELP k_build Built.
        # TYPE k_build info
        k_build_info{version="1"} 1
        # HELP k_goals Goals.
        # TYPE k_goals counter
        k_goals_total{team="Arsenal"} 2 # {trace_id="a\"b"} 2 1700000000.5
        k_goals_created{team="Arsenal"} 1600000000.25
        # HELP k_latency Latency.
        # TYPE k_latency summary
        k_latency{quantile="0.5"} 0.25
        k_latency{quantile="1.0"} NaN
        k_latency_sum 1.5
        k_latency_count 3
        # HELP k_native_bytes Size.
        # TYPE k_native_bytes histogram
        # UNIT k_native_bytes bytes
        k_native_bytes_bucket{le="4.0"} 5
        k_native_bytes_bucket{le="+Inf"} 6
        k_native_bytes_sum 105.5
        k_native_bytes_count 6
        # HELP k_phase Phase.
        # TYPE k_phase stateset
        k_phase{job_name="train",k_phase="idle"} 0
        k_phase{job_name="train",k_phase="run"} 1
        # HELP k_queue Queued now, by size.
        # TYPE k_queue gaugehistogram
        k_queue_bucket{le="1.0"} 2
        k_queue_bucket{le="+Inf"} 3
        k_queue_gsum 4.5
        k_queue_gcount 3
        # HELP k_seconds Time.
        # TYPE k_seconds histogram
        # UNIT k_seconds seconds
        k_seconds_bucket{phase="dns",le="0.5"} 0
        k_seconds_bucket{phase="dns",le="1.0"} 1 # {trace_id="a\"b"} 0.75 1700000000.5
        k_seconds_bucket{phase="dns",le="+Inf"} 1
        k_seconds_sum{phase="dns"} 0.75
        k_seconds_count{phase="dns"} 1
        k_seconds_created{phase="dns"} 1600000000.25
        # HELP k_unknown Nobody knows.
        # TYPE k_unknown unknown
        k_unknown -Inf
        # EOF

        """#

    /// The messages as `number:value` fields, with those of a message in parentheses; doubles in full.
    static let protobuf = #"""
        1:k_build_info 2:Built. 3:1 4:(1:(1:version 2:1) 2:(1:1.0))
        1:k_goals_total 2:Goals. 3:0 4:(1:(1:team 2:Arsenal) 3:(1:2.0 2:(1:(1:trace_id 2:a"b) 2:2.0 3:(1:1700000000 2:500000000)) 3:(1:1600000000 2:250000000)))
        1:k_latency 2:Latency. 3:2 4:(4:(1:3 2:1.5 3:(1:0.5 2:0.25) 3:(1:1.0 2:nan)))
        1:k_native_bytes 2:Size. 3:4 4:(7:(1:6 2:105.5 3:(1:5 2:4.0) 3:(1:6 2:inf) 5:0 6:2.938735877055719e-39 7:1 9:(1:2 2:1) 10:2 12:(1:0 2:1) 12:(1:2 2:1) 12:(1:8 2:1) 13:2 13:2 13:1)) 5:bytes
        1:k_phase 2:Phase. 3:1 4:(1:(1:job_name 2:train) 1:(1:k_phase 2:idle) 2:(1:0.0)) 4:(1:(1:job_name 2:train) 1:(1:k_phase 2:run) 2:(1:1.0))
        1:k_queue 2:Queued now, by size. 3:4 4:(7:(1:3 2:4.5 3:(1:2 2:1.0) 3:(1:3 2:inf)))
        1:k_seconds 2:Time. 3:4 4:(1:(1:phase 2:dns) 7:(1:1 2:0.75 3:(1:0 2:0.5) 3:(1:1 2:1.0 3:(1:(1:trace_id 2:a"b) 2:0.75 3:(1:1700000000 2:500000000))) 3:(1:1 2:inf) 15:(1:1600000000 2:250000000))) 5:seconds
        1:k_unknown 2:Nobody knows. 3:3 4:(5:(1:-inf))

        """#
}
