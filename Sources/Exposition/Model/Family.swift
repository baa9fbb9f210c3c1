/// One family's current series.
///
/// What does not fit the descriptor is dropped and counted in ``dropped`` rather than exposed: one malformed line costs
/// a scraper the whole page.
public struct Family: Sendable {
    /// What is exposed under one combination of label values.
    public enum Point: Sendable, Hashable {
        /// The value of a counter, a gauge, an info or an unknown.
        case number(Double)
        /// The state of a histogram or a gauge histogram.
        case histogram(HistogramValue)
        /// The state of a native histogram.
        case nativeHistogram(NativeHistogramValue)
        /// The state of a summary.
        case summary(SummaryValue)
        /// Those states of a set that hold.
        case states(Set<String>)
    }

    /// A combination of label values, and its point.
    public struct Series: Sendable, Hashable {
        /// One value for each of the descriptor's labels, in their order.
        public let labels: [String]
        /// What is exposed under them.
        public let point: Point
        /// Events behind the point: a counter's under 0, a histogram's under the position of their bucket.
        public let exemplars: [Int: Exemplar]
        /// Unix time at which the series began, in seconds; nil if it is not to be exposed.
        public let created: Double?
    }

    /// What the family is.
    public let descriptor: Descriptor
    /// How many points did not fit the descriptor.
    public internal(set) var dropped = 0
    /// How many updates the instrument behind this family has refused since it was made.
    var refused = 0
    /// The series as they were appended; of no account if there are arranged ones.
    var listed: [Series] = []
    /// The series in the form in which they are encoded.
    var arranged: ArrangedSeries?

    /// The series, in the order in which they were appended.
    public var series: [Series] { arranged?.listed ?? listed }

    /// Makes a family without series; as long as it has none it is left out of the exposition.
    public init(_ descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    /// Makes a family of one series without labels; nil means that the value is unknown, and there is no series.
    public init(_ descriptor: Descriptor, _ value: Double?) {
        self.init(descriptor)
        append(value)
    }

    /// Makes a family from what an instrument holds.
    init(_ arranged: ArrangedSeries, refused: Int) {
        descriptor = arranged.layout.descriptor
        self.arranged = arranged
        self.refused = refused
    }

    /// Whether nothing of the family is exposed.
    public var isEmpty: Bool { arranged?.isEmpty ?? listed.isEmpty }
}

extension Family {
    /// The number under these label values; nil if there is none.
    public func value(_ labels: [String] = []) -> Double? {
        for series in series where LabelValues(series.labels) == LabelValues(labels) {
            if case .number(let value) = series.point { return value }
        }
        return nil
    }
}
