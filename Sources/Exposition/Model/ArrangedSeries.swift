/// The series of a family at one instant: a layout that outlives the instant, and the numbers.
struct ArrangedSeries: Sendable {
    /// Marks a series whose value is unknown; Prometheus itself reserves this NaN for samples that are no more.
    static let absent: UInt64 = 0x7ff0_0000_0000_0002

    let layout: SeriesLayout
    /// The numbers of all series, ``SeriesLayout/stride`` each: counts as such, everything else as a double's bits.
    var cells: [UInt64]
    /// The exponential buckets of each native histogram; empty for other kinds.
    var natives: [NativeHistogramValue] = []
    /// Exemplars, by series, then by position within the series.
    var exemplars: [Int: [Int: Exemplar]] = [:]

    var descriptor: Descriptor { layout.descriptor }

    /// Whether every series is absent.
    var isEmpty: Bool { !layout.labels.indices.contains { !isAbsent($0) } }

    /// Whether a series is known to the layout but has no value now.
    @inline(__always)
    func isAbsent(_ row: Int) -> Bool {
        layout.isPlain && cells[row] == Self.absent
    }

    /// Whether a series that is a single number has no value now.
    var hasAbsent: Bool {
        layout.isPlain
            && cells.withUnsafeBufferPointer { cells in
                // Without a branch, which takes a fraction of the time.
                var absent: UInt64 = 0
                for cell in cells { absent |= cell == Self.absent ? 1 : 0 }
                return absent != 0
            }
    }

    /// Whether everything would be exposed exactly as in a former state.
    func equals(_ former: ArrangedSeries) -> Bool {
        guard layout === former.layout, natives == former.natives, exemplars == former.exemplars else { return false }
        return cells.withUnsafeBufferPointer { cells in
            former.cells.withUnsafeBufferPointer {
                cells.baseAddress == $0.baseAddress || !cells.differs(from: $0, in: cells.indices)
            }
        }
    }

    /// Whether these rows would be exposed exactly as the same rows of a former state.
    func equals(_ former: ArrangedSeries, in rows: Range<Int>) -> Bool {
        guard layout === former.layout else { return false }
        let numbers = rows.lowerBound * layout.stride..<rows.upperBound * layout.stride
        guard cells[numbers] == former.cells[numbers] else { return false }
        guard natives.isEmpty || natives[rows] == former.natives[rows] else { return false }
        guard !exemplars.isEmpty || !former.exemplars.isEmpty else { return true }
        return rows.allSatisfy { exemplars[$0] == former.exemplars[$0] }
    }

    /// The numbers of one series.
    func numbers(_ row: Int) -> ArraySlice<UInt64> {
        cells[row * layout.stride..<(row + 1) * layout.stride]
    }

    /// The series one by one, absent ones left out.
    var listed: [Family.Series] {
        layout.labels.indices.filter { !isAbsent($0) }.map { row in
            Family.Series(
                labels: layout.labels[row], point: point(row), exemplars: exemplars[row] ?? [:],
                created: layout.created.isEmpty ? nil : layout.created[row])
        }
    }

    private func point(_ row: Int) -> Family.Point {
        let numbers = numbers(row)
        let first = numbers.startIndex
        switch descriptor.kind {
        case .counter, .gauge, .info, .unknown: return .number(Double(bitPattern: numbers[first]))
        case .nativeHistogram: return .nativeHistogram(natives[row])
        case .histogram, .gaugeHistogram:
            return .histogram(
                HistogramValue(
                    counts: Array(numbers.dropLast()), sum: Double(bitPattern: numbers[numbers.endIndex - 1])))
        case .summary:
            return .summary(
                SummaryValue(
                    count: numbers[first], sum: Double(bitPattern: numbers[first + 1]),
                    quantiles: numbers.dropFirst(2).map { Double(bitPattern: $0) }))
        case .stateSet(let states):
            return .states(Set(states.indices.filter { numbers[first] >> $0 & 1 == 1 }.map { states[$0] }))
        }
    }
}

extension UnsafeBufferPointer<UInt64> {
    /// Whether any of some numbers is another than in a buffer of as many.
    @inline(__always)
    func differs(from other: Self, in range: Range<Int>) -> Bool {
        // Many at a time without a branch, which takes a fraction of the time.
        for first in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 64) {
            var difference: UInt64 = 0
            for position in first..<Swift.min(first + 64, range.upperBound) {
                difference |= self[position] ^ other[position]
            }
            if difference != 0 { return true }
        }
        return false
    }
}
