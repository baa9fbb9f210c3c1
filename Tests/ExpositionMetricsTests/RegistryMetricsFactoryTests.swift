import CoreMetrics
import Exposition
import ExpositionMetrics
import Synchronization
import Testing

struct RegistryMetricsFactoryTests {
    private let registry = Registry(namespace: "own")

    private func page(_ factory: RegistryMetricsFactory) -> String {
        String(decoding: registry.page(as: .text).bytes, as: UTF8.self)
    }

    @Test func `Each kind of swift-metrics becomes the kind that Prometheus has for it`() throws {
        let factory = RegistryMetricsFactory(
            registry, prefix: "app_", help: ["hb.requests": "Requests answered."], buckets: [0.5, 1])
        CoreMetrics.Counter(label: "hb.requests", dimensions: [("method", "GET")], factory: factory).increment(by: 3)
        FloatingPointCounter(label: "paid.total", dimensions: [], factory: factory).increment(by: 0.5)
        Meter(label: "in-flight", dimensions: [], factory: factory).increment(by: 2)
        Meter(label: "in-flight", dimensions: [], factory: factory).decrement(by: 0.5)
        Recorder(label: "Body Size", dimensions: [], aggregate: true, factory: factory).record(0.75)
        CoreMetrics.Gauge(label: "last", dimensions: [], factory: factory).record(7)
        Timer(label: "http.request.duration", dimensions: [], factory: factory).recordMilliseconds(750)
        let page = page(factory)
        for lines in [
            "# HELP app_hb_requests_total Requests answered.\n# TYPE app_hb_requests_total counter\n"
                + "app_hb_requests_total{method=\"GET\"} 3\n",
            "# HELP app_paid_total Counter paid.total of a library.\n# TYPE app_paid_total counter\napp_paid_total 0.5\n",
            "# TYPE app_in_flight gauge\napp_in_flight 1.5\n", "# TYPE app_last gauge\napp_last 7\n",
            "# TYPE app_body_size histogram\napp_body_size_bucket{le=\"0.5\"} 0\napp_body_size_bucket{le=\"1\"} 1\n",
            "# HELP app_http_request_duration_seconds Time in seconds, http.request.duration of a library.\n",
            "app_http_request_duration_seconds_sum 0.75\n",
        ] { #expect(page.contains(lines)) }
        #expect(factory.refusals == 0)
    }

    @Test func `Dimensions come in any order, may be missing, and are renamed where Prometheus would`() {
        let factory = RegistryMetricsFactory(registry)
        func count(_ dimensions: [(String, String)]) {
            CoreMetrics.Counter(label: "a", dimensions: dimensions, factory: factory).increment()
        }
        count([("HTTP.Method", "GET"), ("job", "x")])
        count([("job", "x"), ("HTTP.Method", "GET")])
        count([("job", "y")])
        let page = page(factory)
        #expect(page.contains("a_total{http_method=\"GET\",exported_job=\"x\"} 2\n"))
        #expect(page.contains("a_total{http_method=\"\",exported_job=\"y\"} 1\n"))
    }

    @Test func `What cannot be exposed is counted, told once, and costs nothing else`() {
        let told = Mutex<[String]>([])
        let factory = RegistryMetricsFactory(registry) { label, reason in
            told.withLock { $0.append("\(label): \(reason)") }
        }
        CoreMetrics.Counter(label: "a", dimensions: [("l", "x")], factory: factory).increment()
        for _ in 0..<3 {
            CoreMetrics.Counter(label: "a", dimensions: [("l", "x"), ("m", "y")], factory: factory).increment()
        }
        Meter(label: "own_collector_success", dimensions: [], factory: factory).set(5)
        Meter(label: "twice", dimensions: [("l", "x"), ("L", "y")], factory: factory).set(5)
        Timer(label: "Wait", dimensions: [], factory: factory).recordSeconds(1)
        Timer(label: "wait.seconds", dimensions: [], factory: factory).recordSeconds(1)
        #expect(factory.refusals == 6)
        #expect(
            told.withLock { $0 } == [
                "a: dimension m was not there when a was first used",
                "own_collector_success: metric own_collector_success is declared twice",
                "twice: metric twice has label l twice", "wait.seconds: wait_seconds is taken by Wait",
            ])
        #expect(page(factory).contains("a_total{l=\"x\"} 1\n"))
    }

    @Test func `Labels of any text make valid names`() throws {
        let factory = RegistryMetricsFactory(registry)
        for label in ["", "9lives", "é", "__", "a.b-c d", "Ünï", "x_bucket_total", "🏟"] {
            CoreMetrics.Counter(label: label, dimensions: [(label, label)], factory: factory).increment()
        }
        for descriptor in registry.descriptors { try descriptor.validate() }
        #expect(page(factory).contains("x_total{x_bucket_total=\"x_bucket_total\"} 1\n"))
    }
}
