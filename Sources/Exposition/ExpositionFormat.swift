/// A format in which metrics are exposed.
public enum ExpositionFormat: Sendable, CaseIterable {
    /// Prometheus' text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics1
    /// OpenMetrics 0.0.1, the draft that older scrapers ask for.
    case openMetrics001

    /// The value of the `Content-Type` header.
    public var contentType: String {
        "\(mediaType); version=\(version); charset=utf-8"
    }

    /// The media type without parameters.
    var mediaType: String {
        switch self {
        case .text: "text/plain"
        case .openMetrics1, .openMetrics001: "application/openmetrics-text"
        }
    }

    /// The `version` parameter.
    var version: String {
        switch self {
        case .text: "0.0.4"
        case .openMetrics1: "1.0.0"
        case .openMetrics001: "0.0.1"
        }
    }

    /// The version that the media type means when it comes without one.
    var unversioned: String {
        switch self {
        case .text: "0.0.4"
        case .openMetrics1, .openMetrics001: "0.0.1"
        }
    }
}
