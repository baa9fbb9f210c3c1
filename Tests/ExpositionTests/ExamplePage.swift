import Exposition

/// A family of every kind, gathered from a registry, and the page that each format makes of it.
enum ExamplePage {
    static func families() throws(ExpositionError) -> [Family] {
        let registry = Registry(namespace: "example")
        let received = Counter(
            .counter(
                "example_received_bytes_total",
                "Bytes received, by source.",
                labels: ["source"]
            ),
            seed: [["results"], ["fixtures"]]
        )
        let age = Gauge(.gauge("example_age_seconds", "Age of the newest row in seconds."))
        let score = Gauge(.gauge("example_score", #"A "score" with \ in its help."#, labels: ["team", "path"]))
        let identity = Gauge(.info("example_build_info", "What was built.", labels: ["version"]))
        let latency = Histogram(
            .histogram(
                "example_latency_seconds",
                "Time taken,\nin seconds.",
                labels: ["phase"],
                buckets: [0.005, 1, 2_500_000]
            )
        )
        let unknown = Gauge(.gauge("example_unknown", "A value that nobody has set."))
        let instruments: [any Instrument] = [received, age, score, identity, latency, unknown]
        for instrument in instruments { try registry.register(instrument) }
        received.increment(["results"], by: 1536)
        age.set(0.1 + 0.2)
        score.set(-1e-7, ["Brighton \"& Hove\"", #"C:\data"#])
        score.set(.infinity, ["Arsenal", "line\nbreak"])
        identity.set(1, ["1.2.3"])
        for seconds in [0.005, 0.75, 3, 5e6] { latency.observe(seconds, ["dns"]) }
        return registry.gather()
    }

    static let text = #"""
        # HELP example_age_seconds Age of the newest row in seconds.
        # TYPE example_age_seconds gauge
        example_age_seconds 0.30000000000000004
        # HELP example_build_info What was built.
        # TYPE example_build_info gauge
        example_build_info{version="1.2.3"} 1
        # HELP example_latency_seconds Time taken,\nin seconds.
        # TYPE example_latency_seconds histogram
        example_latency_seconds_bucket{phase="dns",le="0.005"} 1
        example_latency_seconds_bucket{phase="dns",le="1"} 2
        example_latency_seconds_bucket{phase="dns",le="2.5e+06"} 3
        example_latency_seconds_bucket{phase="dns",le="+Inf"} 4
        example_latency_seconds_sum{phase="dns"} 5000003.755
        example_latency_seconds_count{phase="dns"} 4
        # HELP example_received_bytes_total Bytes received, by source.
        # TYPE example_received_bytes_total counter
        example_received_bytes_total{source="fixtures"} 0
        example_received_bytes_total{source="results"} 1536
        # HELP example_score A "score" with \\ in its help.
        # TYPE example_score gauge
        example_score{team="Arsenal",path="line\nbreak"} +Inf
        example_score{team="Brighton \"& Hove\"",path="C:\\data"} -1e-07
        # HELP example_series_dropped_total Series and updates not exposed: malformed, repeated or over the cap.
        # TYPE example_series_dropped_total counter
        example_series_dropped_total{family="example_build_info"} 0
        example_series_dropped_total{family="example_collector_duration_seconds"} 0
        example_series_dropped_total{family="example_collector_failures_total"} 0
        example_series_dropped_total{family="example_collector_success"} 0
        example_series_dropped_total{family="example_latency_seconds"} 0
        example_series_dropped_total{family="example_received_bytes_total"} 0
        example_series_dropped_total{family="example_score"} 0
        example_series_dropped_total{family="example_series_dropped_total"} 0

        """#

    static let openMetrics = #"""
        # HELP example_age_seconds Age of the newest row in seconds.
        # TYPE example_age_seconds gauge
        # UNIT example_age_seconds seconds
        example_age_seconds 0.30000000000000004
        # HELP example_build What was built.
        # TYPE example_build info
        example_build_info{version="1.2.3"} 1
        # HELP example_latency_seconds Time taken,\nin seconds.
        # TYPE example_latency_seconds histogram
        # UNIT example_latency_seconds seconds
        example_latency_seconds_bucket{phase="dns",le="0.005"} 1
        example_latency_seconds_bucket{phase="dns",le="1.0"} 2
        example_latency_seconds_bucket{phase="dns",le="2.5e+06"} 3
        example_latency_seconds_bucket{phase="dns",le="+Inf"} 4
        example_latency_seconds_sum{phase="dns"} 5000003.755
        example_latency_seconds_count{phase="dns"} 4
        # HELP example_received_bytes Bytes received, by source.
        # TYPE example_received_bytes counter
        # UNIT example_received_bytes bytes
        example_received_bytes_total{source="fixtures"} 0
        example_received_bytes_total{source="results"} 1536
        # HELP example_score A \"score\" with \\ in its help.
        # TYPE example_score gauge
        example_score{team="Arsenal",path="line\nbreak"} +Inf
        example_score{team="Brighton \"& Hove\"",path="C:\\data"} -1e-07
        # HELP example_series_dropped Series and updates not exposed: malformed, repeated or over the cap.
        # TYPE example_series_dropped counter
        example_series_dropped_total{family="example_build_info"} 0
        example_series_dropped_total{family="example_collector_duration_seconds"} 0
        example_series_dropped_total{family="example_collector_failures_total"} 0
        example_series_dropped_total{family="example_collector_success"} 0
        example_series_dropped_total{family="example_latency_seconds"} 0
        example_series_dropped_total{family="example_received_bytes_total"} 0
        example_series_dropped_total{family="example_score"} 0
        example_series_dropped_total{family="example_series_dropped_total"} 0
        # EOF

        """#
}
