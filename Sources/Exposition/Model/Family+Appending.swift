extension Family {
    /// Makes a family from the values of an instrument whose descriptor is of another kind than its own.
    init(_ descriptor: Descriptor, _ values: some Sequence<([String], Double?)>, refused: Int) {
        self.init(descriptor)
        self.refused = refused
        for (labels, value) in values { append(value, labels: labels) }
    }

    /// Appends a series; nil means that the value is unknown, and appends nothing.
    ///
    /// Dropped and counted are: a wrong number of label values, a plain number in a histogram, a counter below 0 or
    /// NaN, and an info other than 1.
    ///
    /// - Parameters:
    ///   - value: The value in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - exemplar: An event behind the value; only counters have one.
    ///   - created: Unix time at which a counter began, in seconds.
    public mutating func append(
        _ value: Double?, labels: [String] = [], exemplar: Exemplar? = nil, created: Double? = nil
    ) {
        guard let value else { return }
        var exemplars: [Int: Exemplar] = [:]
        if descriptor.kind == .counter, let exemplar { exemplars[0] = exemplar }
        append(.number(value), labels, exemplars, created)
    }

    /// Appends a histogram's series.
    ///
    /// Dropped and counted are: a wrong number of label values or of buckets, and a histogram in a family that is none.
    ///
    /// - Parameters:
    ///   - histogram: The observations so far.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - exemplars: Events behind the counts, by position of their bucket.
    ///   - created: Unix time at which the histogram began, in seconds.
    public mutating func append(
        _ histogram: HistogramValue, labels: [String] = [], exemplars: [Int: Exemplar] = [:], created: Double? = nil
    ) {
        append(.histogram(histogram), labels, exemplars, created)
    }

    /// Appends a series of any kind; one that does not fit the descriptor is dropped and counted.
    ///
    /// - Parameters:
    ///   - point: What is exposed.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - created: Unix time at which the series began, in seconds; gauges have none.
    public mutating func append(_ point: Point, labels: [String] = [], created: Double? = nil) {
        append(point, labels, [:], created)
    }

    private mutating func append(
        _ point: Point, _ labels: [String], _ exemplars: [Int: Exemplar], _ created: Double?
    ) {
        guard labels.count == descriptor.labels.count, descriptor.accepts(point) else {
            dropped += 1
            return
        }
        if let arranged {
            listed = arranged.listed
            self.arranged = nil
        }
        let created = descriptor.kind.hasBeginning && created?.isFinite == true ? created : nil
        listed.append(Series(labels: labels, point: point, exemplars: exemplars, created: created))
    }
}

extension Descriptor {
    /// Whether a point has the form that the kind demands.
    func accepts(_ point: Family.Point) -> Bool {
        switch (kind, point) {
        case (.counter, .number(let value)): value >= 0
        case (.info, .number(let value)): value == 1
        case (.gauge, .number), (.unknown, .number): true
        case (.histogram, .histogram(let value)), (.gaugeHistogram, .histogram(let value)):
            value.counts.count == buckets.count + 1
        case (.nativeHistogram, .nativeHistogram(let value)):
            value.classic.counts.count == buckets.count + 1 && value.isConsistent
        case (.summary(let quantiles), .summary(let value)): value.quantiles.count == quantiles.count
        case (.stateSet(let states), .states(let holding)): holding.isSubset(of: states)
        default: false
        }
    }
}

extension Descriptor.Kind {
    /// Whether OpenMetrics lets a series of this kind say when it began.
    var hasBeginning: Bool {
        switch self {
        case .counter, .histogram, .nativeHistogram, .summary: true
        case .gauge, .info, .gaugeHistogram, .stateSet, .unknown: false
        }
    }
}
