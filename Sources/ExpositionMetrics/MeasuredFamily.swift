internal import Exposition

/// A family that a library measures through swift-metrics.
struct MeasuredFamily: Sendable {
    /// What swift-metrics' kinds become.
    enum Kind: Sendable {
        case counter
        case gauge
        case histogram
        case timer

        /// How help texts call it.
        var noun: String {
            switch self {
            case .counter: "Counter"
            case .gauge: "Gauge"
            case .histogram: "Distribution"
            case .timer: "Time in seconds,"
            }
        }

        /// A valid name for a label, for instance `hb_requests_total` for `hb.requests`.
        func name(of label: String, prefix: String) -> String {
            var name = prefix + Self.snakeCase(label)
            for suffix in ["_total", "_bucket", "_count", "_sum", "_info"] where name.hasSuffix(suffix) {
                name.removeLast(suffix.count)
            }
            switch self {
            case .counter: return name + "_total"
            case .timer: return name.hasSuffix("_seconds") ? name : name + "_seconds"
            case .gauge, .histogram: return name
            }
        }

        /// Lower case, with `_` for what a name may not have; begins with a letter.
        static func snakeCase(_ text: String) -> String {
            var name = ""
            for scalar in text.lowercased().unicodeScalars {
                let isAllowed = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                if isAllowed { name.unicodeScalars.append(scalar) } else if name.last != "_" { name += "_" }
            }
            while name.last == "_" { name.removeLast() }
            while name.first == "_" { name.removeFirst() }
            guard let first = name.first, first.isLetter else { return "m_" + name }
            return name
        }
    }

    private enum Table: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
    }

    /// Labels that Prometheus gives a meaning or sets itself; they are renamed as it would rename them.
    private static let reserved: Set<String> = ["le", "quantile", "job", "instance", "env", "cluster", "type"]

    let label: String
    let kind: Kind
    /// The label names, as the library gave them.
    private let dimensions: [String]
    private let table: Table

    init(
        label: String, kind: Kind, name: String, help: String, dimensions: [String], buckets: [Double],
        maximumSeries: Int
    ) {
        self.label = label
        self.kind = kind
        self.dimensions = dimensions
        let labels = dimensions.map { dimension in
            let name = Kind.snakeCase(dimension)
            return Self.reserved.contains(name) ? "exported_" + name : name
        }
        switch kind {
        case .counter: table = .counter(Counter(.counter(name, help, labels: labels), maximumSeries: maximumSeries))
        case .gauge: table = .gauge(Gauge(.gauge(name, help, labels: labels), maximumSeries: maximumSeries))
        case .histogram, .timer:
            table = .histogram(
                Histogram(.histogram(name, help, labels: labels, buckets: buckets), maximumSeries: maximumSeries))
        }
    }

    var instrument: any Instrument {
        switch table {
        case .counter(let counter): counter
        case .gauge(let gauge): gauge
        case .histogram(let histogram): histogram
        }
    }

    /// The series of these dimensions, in whatever order; those not given are empty.
    func series(_ given: [(String, String)]) throws(Refusal) -> MeasuredSeries {
        for (name, _) in given where !dimensions.contains(name) {
            throw Refusal(reason: "dimension \(name) was not there when \(label) was first used")
        }
        let values = dimensions.map { name in given.last { $0.0 == name }?.1 ?? "" }
        return switch table {
        case .counter(let counter): .counter(counter.series(values))
        case .gauge(let gauge): .gauge(gauge.series(values))
        case .histogram(let histogram): .histogram(histogram.series(values))
        }
    }
}
