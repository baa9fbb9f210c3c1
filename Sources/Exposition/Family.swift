/// One family's current series.
///
/// What does not fit the descriptor is dropped and counted in ``dropped`` rather than exposed: one malformed line costs
/// a scraper the whole page.
public struct Family: Sendable {
    /// What is exposed under one combination of label values.
    public enum Point: Sendable, Hashable {
        /// The value of a counter, a gauge or an info.
        case number(Double)
        /// The state of a histogram.
        case histogram(HistogramValue)
    }

    /// A combination of label values, and its point.
    public struct Series: Sendable, Hashable {
        /// One value for each of the descriptor's labels, in their order.
        public let labels: [String]
        /// What is exposed under them.
        public let point: Point
    }

    /// What the family is.
    public let descriptor: Descriptor
    /// The series, in the order in which they were appended.
    public private(set) var series: [Series] = []
    /// How many points did not fit the descriptor.
    public private(set) var dropped = 0
    /// How many updates the instrument behind this family has refused since it was made.
    var refused = 0

    /// Makes a family without series; as long as it has none it is left out of the exposition.
    public init(_ descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    /// Makes a family of one series without labels; nil means that the value is unknown, and there is no series.
    public init(_ descriptor: Descriptor, _ value: Double?) {
        self.init(descriptor)
        append(value)
    }

    /// Appends a series; nil means that the value is unknown, and appends nothing.
    ///
    /// Dropped and counted are: a wrong number of label values, a plain number in a histogram, a counter below 0 or
    /// NaN, and an info other than 1.
    ///
    /// - Parameters:
    ///   - value: The value in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public mutating func append(_ value: Double?, labels: [String] = []) {
        guard let value else { return }
        let fits =
            switch descriptor.kind {
            case .counter: value >= 0
            case .gauge: true
            case .info: value == 1
            case .histogram: false
            }
        append(.number(value), labels: labels, fits: fits)
    }

    /// Appends a histogram's series.
    ///
    /// Dropped and counted are: a wrong number of label values or of buckets, and a histogram in a family that is none.
    ///
    /// - Parameters:
    ///   - histogram: The observations so far.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public mutating func append(_ histogram: HistogramValue, labels: [String] = []) {
        var fits = false
        if case .histogram(let buckets) = descriptor.kind { fits = histogram.counts.count == buckets.count + 1 }
        append(.histogram(histogram), labels: labels, fits: fits)
    }

    private mutating func append(_ point: Point, labels: [String], fits: Bool) {
        if fits && labels.count == descriptor.labels.count {
            series.append(Series(labels: labels, point: point))
        } else {
            dropped += 1
        }
    }

    /// The family as it is exposed: at most `maximum` series, none twice, sorted by label values.
    ///
    /// The series appended first are kept, so that a collector decides what matters most.
    func bounded(to maximum: Int) -> Family {
        var bounded = self
        var seen: Set<[String]> = []
        bounded.series.removeAll { seen.count >= maximum || !seen.insert($0.labels).inserted }
        bounded.dropped += series.count - bounded.series.count
        bounded.series.sort { $0.labels.lexicographicallyPrecedes($1.labels) }
        return bounded
    }
}

extension Family {
    /// The number under these label values; nil if there is none.
    public func value(_ labels: [String] = []) -> Double? {
        for series in series where series.labels == labels {
            if case .number(let value) = series.point { return value }
        }
        return nil
    }
}
