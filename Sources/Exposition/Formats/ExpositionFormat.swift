/// A format in which metrics are exposed.
public enum ExpositionFormat: Sendable, CaseIterable {
    /// Prometheus' text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics1
    /// OpenMetrics 0.0.1, the draft that older scrapers ask for.
    case openMetrics001
    /// Delimited protocol buffers, the only format that holds native histograms.
    case protobuf

    /// The value of the `Content-Type` header.
    public var contentType: String {
        switch self {
        case .text, .openMetrics1, .openMetrics001: "\(mediaType); version=\(version); charset=utf-8"
        case .protobuf: "\(mediaType); proto=\(Self.protobufMessage); encoding=delimited"
        }
    }

    /// The message that a page of protocol buffers consists of.
    static let protobufMessage = "io.prometheus.client.MetricFamily"

    /// The media type without parameters.
    var mediaType: String {
        switch self {
        case .text: "text/plain"
        case .openMetrics1, .openMetrics001: "application/openmetrics-text"
        case .protobuf: "application/vnd.google.protobuf"
        }
    }

    /// The `version` parameter.
    var version: String {
        switch self {
        case .text: "0.0.4"
        case .openMetrics1: "1.0.0"
        case .openMetrics001: "0.0.1"
        case .protobuf: ""
        }
    }

    /// The version that the media type means when it comes without one.
    var unversioned: String {
        switch self {
        case .text: "0.0.4"
        case .openMetrics1, .openMetrics001: "0.0.1"
        case .protobuf: ""
        }
    }
}
