/// The series of a family at one instant: a layout that outlives the instant, and the numbers.
///
/// An instrument that was not updated has the very same ones at the next instant.
final class ArrangedSeries: Sendable {
    /// Marks a series whose value is unknown; Prometheus itself reserves this NaN for samples that are no more.
    static let absent: UInt64 = 0x7ff0_0000_0000_0002

    let layout: SeriesLayout
    /// The numbers of all series, ``SeriesLayout/stride`` each: counts as such, everything else as a double's bits.
    let cells: [UInt64]
    /// The exponential buckets of each native histogram; empty for other kinds.
    let natives: [NativeHistogramValue]
    /// Exemplars, by series, then by position within the series.
    let exemplars: [Int: [Int: Exemplar]]
    /// When which numbers changed, if that is known.
    let changes: SeriesChanges?

    init(
        layout: SeriesLayout, cells: [UInt64], natives: [NativeHistogramValue] = [],
        exemplars: [Int: [Int: Exemplar]] = [:], changes: SeriesChanges? = nil
    ) {
        self.layout = layout
        self.cells = cells
        self.natives = natives
        self.exemplars = exemplars
        self.changes = changes
    }

    var descriptor: Descriptor { layout.descriptor }

    /// Whether every series is absent.
    var isEmpty: Bool { layout.isPlain ? cells.allSatisfy { $0 == Self.absent } : cells.isEmpty }

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
        if self === former { return true }
        guard layout === former.layout, natives == former.natives, exemplars == former.exemplars else { return false }
        if let changes, let formerly = former.changes { return changes.reading == formerly.reading }
        return cells.withUnsafeBufferPointer { cells in
            former.cells.withUnsafeBufferPointer {
                cells.baseAddress == $0.baseAddress || !cells.differs(from: $0, in: cells.indices)
            }
        }
    }

    /// All rows, some at a time, and whether these would be exposed exactly as in a former state of the same layout.
    func compared(with former: ArrangedSeries, every step: Int) -> [(rows: Range<Int>, isEqual: Bool)] {
        let rows = layout.labels.count
        let isPlainNumbers = natives.isEmpty && exemplars.isEmpty && former.exemplars.isEmpty
        return cells.withUnsafeBufferPointer { cells in
            former.cells.withUnsafeBufferPointer { formerCells in
                Swift.stride(from: 0, to: rows, by: step).map { first in
                    let rows = first..<min(first + step, rows)
                    let range = rows.lowerBound * layout.stride..<rows.upperBound * layout.stride
                    let isEqual = !cells.differs(from: formerCells, in: range)
                    return (rows, isEqual && (isPlainNumbers || equalsBeside(former, in: rows)))
                }
            }
        }
    }

    /// Whether what these rows have beside numbers is as in a former state.
    private func equalsBeside(_ former: ArrangedSeries, in rows: Range<Int>) -> Bool {
        (natives.isEmpty || natives[rows] == former.natives[rows])
            && rows.allSatisfy { exemplars[$0] == former.exemplars[$0] }
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
        var position = range.lowerBound
        guard let one = UnsafeRawPointer(baseAddress), let two = UnsafeRawPointer(other.baseAddress) else {
            return false
        }
        // Many at a time without a branch, which takes a fraction of the time.
        while position + 16 <= range.upperBound {
            let offset = position * MemoryLayout<UInt64>.stride
            let first =
                (one + offset).loadUnaligned(as: SIMD8<UInt64>.self)
                ^ (two + offset).loadUnaligned(as: SIMD8<UInt64>.self)
            let second =
                (one + offset + 64).loadUnaligned(as: SIMD8<UInt64>.self)
                ^ (two + offset + 64).loadUnaligned(as: SIMD8<UInt64>.self)
            let eight = first | second
            let four = eight.lowHalf | eight.highHalf
            let difference = four.lowHalf | four.highHalf
            if difference[0] | difference[1] != 0 { return true }
            position += 16
        }
        while position < range.upperBound {
            if self[position] != other[position] { return true }
            position += 1
        }
        return false
    }
}
