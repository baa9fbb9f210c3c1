/// The numbers of series that are one each, as scrapes have read them; only what was updated is read again.
struct SeriesNumbers: Sendable {
    private(set) var layout: SeriesLayout?
    private(set) var cells: [UInt64] = []
    private var marks: [ChangeMark] = []
    /// The rows of the series, those that share a bit together, and for each bit of each mark where its rows end.
    private var rows: [Int] = []
    private var ends: [Int] = []

    /// Reads all series of a layout.
    mutating func readAll<Child>(
        _ layout: SeriesLayout, _ children: [Child], _ shares: [ChangeMark.Share], _ number: (Child) -> UInt64
    ) {
        self.layout = layout
        arrange(shares)
        for mark in marks { _ = mark.lower() }
        cells = Array(repeating: 0, count: children.count)
        read(children, 0..<rows.count, number)
    }

    /// Reads those series again that were updated since; the cells stay the very same if none was.
    mutating func readUpdated<Child>(_ children: [Child], _ number: (Child) -> UInt64) {
        for (position, mark) in marks.enumerated() {
            var raised = mark.lower()
            while raised != 0 {
                let bit = position * UInt64.bitWidth + raised.trailingZeroBitCount
                raised &= raised - 1
                read(children, (bit == 0 ? 0 : ends[bit - 1])..<ends[bit], number)
            }
        }
    }

    private mutating func arrange(_ shares: [ChangeMark.Share]) {
        marks = []
        var positions: [ObjectIdentifier: Int] = [:]
        var rowsByBit: [[Int]] = []
        for (row, share) in shares.enumerated() {
            let position = positions[ObjectIdentifier(share.mark)] ?? marks.count
            if position == marks.count {
                positions[ObjectIdentifier(share.mark)] = position
                marks.append(share.mark)
                rowsByBit += Array(repeating: [], count: UInt64.bitWidth)
            }
            rowsByBit[position * UInt64.bitWidth + share.bit.trailingZeroBitCount].append(row)
        }
        rows = Array(rowsByBit.joined())
        ends = []
        for rows in rowsByBit { ends.append((ends.last ?? 0) + rows.count) }
    }

    @inline(__always)
    private mutating func read<Child>(_ children: [Child], _ range: Range<Int>, _ number: (Child) -> UInt64) {
        guard !range.isEmpty else { return }
        // Through pointers: a loop over the array would count references to each child up and down.
        children.withUnsafeBufferPointer { children in
            rows.withUnsafeBufferPointer { rows in
                cells.withUnsafeMutableBufferPointer { cells in
                    for position in range { cells[rows[position]] = number(children[rows[position]]) }
                }
            }
        }
    }
}
