/// How a family's series were last arranged, so that the same ones need not be sorted and written out again.
struct Arrangement: Sendable {
    fileprivate let given: [Family.Series]
    /// For each series of the layout, its position among those that were given.
    fileprivate let order: [Int]
    fileprivate let layout: SeriesLayout

    /// Whether this is not the same arrangement, made at the same time.
    func isOther(than other: Arrangement?) -> Bool { layout !== other?.layout }

    fileprivate func fits(_ series: [Family.Series], of descriptor: Descriptor) -> Bool {
        layout.descriptor == descriptor && series.count == given.count
            && zip(series, given).allSatisfy {
                LabelValues($0.labels) == LabelValues($1.labels) && $0.created == $1.created
            }
    }
}

extension Family {
    /// Whether the family is already as it is exposed.
    func isBounded(to maximum: Int) -> Bool {
        guard let arranged else { return false }
        return arranged.layout.labels.count <= maximum
    }

    /// The family as it is exposed: at most `maximum` series, none twice, sorted by label values.
    ///
    /// The series appended first are kept, so that a collector decides what matters most.
    ///
    /// - Parameters:
    ///   - maximum: How many series are exposed; those above are dropped and counted.
    ///   - former: How the family was arranged the last time; it is brought up to date.
    /// - Returns: The same series, arranged.
    func bounded(to maximum: Int, former: inout Arrangement?) -> Family {
        var bounded = self
        if let arranged { bounded.listed = arranged.listed }
        let arrangement =
            former.flatMap { $0.fits(bounded.listed, of: descriptor) ? $0 : nil } ?? bounded.arrange(maximum)
        former = arrangement
        bounded.dropped += bounded.listed.count - arrangement.order.count
        bounded.arranged = bounded.arranged(by: arrangement)
        bounded.listed = []
        return bounded
    }

    /// The series in the order in which they stand, without looking for any that come twice.
    func arrangedNow() -> ArrangedSeries {
        if let arranged { return arranged }
        let created = listed.contains { $0.created != nil } ? listed.map(\.created) : []
        let layout = SeriesLayout(descriptor, labels: listed.map(\.labels), created: created)
        return arranged(by: Arrangement(given: listed, order: Array(listed.indices), layout: layout))
    }

    private func arrange(_ maximum: Int) -> Arrangement {
        var seen: Set<LabelValues> = []
        var kept: [(key: LabelValues, position: Int)] = []
        for (position, series) in listed.enumerated() {
            guard seen.count < maximum else { break }
            let key = LabelValues(series.labels)
            if seen.insert(key).inserted { kept.append((key, position)) }
        }
        kept.sort { $0.key < $1.key }
        let created = kept.map { listed[$0.position].created }
        let layout = SeriesLayout(
            descriptor, labels: kept.map(\.key.values), created: created.contains { $0 != nil } ? created : [])
        return Arrangement(given: listed, order: kept.map(\.position), layout: layout)
    }

    private func arranged(by arrangement: Arrangement) -> ArrangedSeries {
        var cells: [UInt64] = []
        cells.reserveCapacity(arrangement.order.count * arrangement.layout.stride)
        var natives: [NativeHistogramValue] = []
        var exemplars: [Int: [Int: Exemplar]] = [:]
        for (row, position) in arrangement.order.enumerated() {
            let series = listed[position]
            if !series.exemplars.isEmpty { exemplars[row] = series.exemplars }
            switch series.point {
            case .number(let value): cells.append(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
            case .histogram(let value): cells.append(value)
            case .nativeHistogram(let value):
                cells.append(value.classic)
                natives.append(value)
            case .summary(let value):
                cells += [value.count, value.sum.bitPattern]
                cells += value.quantiles.map(\.bitPattern)
            case .states(let holding):
                guard case .stateSet(let states) = descriptor.kind else { continue }
                cells.append(states.enumerated().reduce(0) { holding.contains($1.element) ? $0 | 1 << $1.offset : $0 })
            }
        }
        return ArrangedSeries(layout: arrangement.layout, cells: cells, natives: natives, exemplars: exemplars)
    }
}

extension [UInt64] {
    /// Appends a histogram's counts and its sum.
    mutating func append(_ value: HistogramValue) {
        self += value.counts
        append(value.sum.bitPattern)
    }
}
