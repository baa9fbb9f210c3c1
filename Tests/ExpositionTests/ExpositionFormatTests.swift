import Exposition
import Testing

struct ExpositionFormatTests {
    private static let prometheus =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    private static let prometheusWithNativeHistograms =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
        + "application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    @Test(
        arguments: [
            (nil, .text),
            ("", .text),
            ("*/*", .text),
            (prometheus, .openMetrics1),
            (prometheusWithNativeHistograms, .protobuf),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text),
            ("application/json", .text),
        ] as [(String?, ExpositionFormat)])
    func `Who asks as usual gets the usual format`(accept: String?, format: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == format)
    }

    @Test(
        arguments: [
            ("application/openmetrics-text; version=1.0.0", .openMetrics1),
            ("application/openmetrics-text; version=\"1.0.0\"; charset=utf-8", .openMetrics1),
            ("APPLICATION/OpenMetrics-Text;VERSION=1.0.0", .openMetrics1),
            ("application/openmetrics-text; version=0.0.1", .openMetrics001),
            ("application/openmetrics-text", .openMetrics001),
            ("application/openmetrics-text;version=2.0.0", .text),
            ("text/plain", .text),
            ("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;q=0.3", .openMetrics1),
        ] as [(String, ExpositionFormat)])
    func `The version parameter picks between OpenMetrics versions`(accept: String, format: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == format)
    }

    @Test(
        arguments: [
            ("text/plain;q=0.9,application/openmetrics-text;version=1.0.0;q=0.8", .text),
            (
                "text/plain,application/openmetrics-text;version=0.0.1,application/openmetrics-text;version=1.0.0",
                .openMetrics1
            ),
            ("text/plain;q=0.5,application/openmetrics-text;version=0.0.1;q=0.5", .openMetrics001),
            ("application/*", .openMetrics1),
            ("text/*;q=0.5,application/*;q=0.4", .text),
            ("*/*,application/openmetrics-text;version=1.0.0", .openMetrics1),
            ("*/*,text/plain;q=0.1", .openMetrics1),
            ("application/openmetrics-text;version=1.0.0;q=0,*/*", .text),
            ("text/plain;q=0,*/*;q=0.3", .openMetrics1),
            ("application/*,application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics001),
            ("text/plain;q=0", .text),
        ] as [(String, ExpositionFormat)])
    func `Weights decide, the most specific range first`(accept: String, format: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == format)
    }

    @Test(
        arguments: [
            ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", .text),
            ("application/vnd.google.protobuf;proto=io.prometheus.client.Metric;encoding=delimited", .text),
            ("application/vnd.google.protobuf", .text),
            (
                "application/vnd.google.protobuf;encoding=\"Delimited\";proto=\"io.prometheus.client.MetricFamily\"",
                .protobuf
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.5", .text
            ),
        ] as [(String, ExpositionFormat)])
    func `Protocol buffers go to whoever names them exactly and likes them best`(
        accept: String, format: ExpositionFormat
    ) {
        #expect(ExpositionFormat.negotiated(accept: accept) == format)
    }

    @Test(
        arguments: [
            (",,;;, ;q=1,/,text/,/plain", .text),
            ("nonsense,application/openmetrics-text;version=1.0.0", .openMetrics1),
            ("text/plain;q=high,application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics1),
            ("text/plain;q=1.5,application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics1),
            ("text/plain;q=nan,application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics1),
            ("*/plain,application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics1),
            ("text/html;a=\"x,text/plain;q=1\",application/openmetrics-text;version=1.0.0;q=0.1", .openMetrics1),
            ("application/openmetrics-text; version = 1.0.0 ; q ; q = 0.7", .openMetrics1),
            ("text/plain;a=\"unclosed, application/openmetrics-text;version=1.0.0", .text),
        ] as [(String, ExpositionFormat)])
    func `Malformed clauses do not matter`(accept: String, format: ExpositionFormat) {
        #expect(ExpositionFormat.negotiated(accept: accept) == format)
    }

    @Test func `Each format has the content type that Prometheus knows it by`() {
        #expect(
            ExpositionFormat.allCases.map(\.contentType) == [
                "text/plain; version=0.0.4; charset=utf-8",
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                "application/openmetrics-text; version=0.0.1; charset=utf-8",
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
            ]
        )
    }
}
