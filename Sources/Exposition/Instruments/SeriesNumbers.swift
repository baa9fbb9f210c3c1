/// The numbers of series as scrapes have read them; only what was updated is read again.
struct SeriesNumbers: Sendable {
    /// What was read the last time.
    private(set) var series: ArrangedSeries?
    private var marks: [ChangeMark] = []
    /// For each bit of each mark the row of its series; -1 for bits that no series has.
    private var rows: [Int] = []

    /// Reads all series of a layout.
    mutating func readAll<Child>(
        _ children: [Child], _ shares: [ChangeMark.Share], of layout: SeriesLayout,
        _ read: (Child, UnsafeMutablePointer<UInt64>) -> Void
    ) -> ArrangedSeries {
        arrange(shares)
        for mark in marks { for word in 0..<ChangeMark.words { _ = mark.lower(word) } }
        let cells = [UInt64](unsafeUninitializedCapacity: children.count * layout.stride) { cells, count in
            cells.initialize(repeating: 0)
            count = cells.count
            guard var cell = cells.baseAddress else { return }
            for child in children {
                read(child, cell)
                cell += layout.stride
            }
        }
        let series = ArrangedSeries(
            layout: layout, cells: cells, changes: SeriesChanges(series: children.count))
        self.series = series
        return series
    }

    /// Reads those series again that were updated since; returns the very same series if no number is another.
    mutating func readUpdated<Child>(
        _ children: [Child], since former: ArrangedSeries, _ read: (Child, UnsafeMutablePointer<UInt64>) -> Void
    ) -> ArrangedSeries {
        guard let first = marks.firstIndex(where: \.isRaised), var changes = former.changes else { return former }
        var cells = former.cells
        let reading = changes.reading + 1
        changes.reading = reading
        var isChanged = false
        // Through pointers: a loop over the array would count references to each child up and down.
        children.withUnsafeBufferPointer { children in
            cells.withUnsafeMutableBufferPointer { cells in
                former.cells.withUnsafeBufferPointer { formerCells in
                    changes.blocks.withUnsafeMutableBufferPointer { blocks in
                        forEachUpdated(from: first) { row in
                            let range = row * former.layout.stride..<(row + 1) * former.layout.stride
                            guard let start = cells.baseAddress else { return }
                            read(children[row], start + range.lowerBound)
                            guard UnsafeBufferPointer(cells).differs(from: formerCells, in: range) else { return }
                            blocks[row / SeriesChanges.seriesPerBlock] = reading
                            isChanged = true
                        }
                    }
                }
            }
        }
        guard isChanged else { return former }
        let series = ArrangedSeries(layout: former.layout, cells: cells, changes: changes)
        self.series = series
        return series
    }

    /// Lowers all marks from one on, and calls `body` with each row whose bit was raised.
    @inline(__always)
    private func forEachUpdated(from first: Int, _ body: (Int) -> Void) {
        rows.withUnsafeBufferPointer { rows in
            for position in first..<marks.count {
                let mark = marks[position]
                for word in 0..<ChangeMark.words {
                    var raised = mark.lower(word)
                    let start = position * ChangeMark.capacity + word * UInt64.bitWidth
                    while raised != 0 {
                        let row = rows[start + raised.trailingZeroBitCount]
                        raised &= raised - 1
                        if row >= 0 { body(row) }
                    }
                }
            }
        }
    }

    private mutating func arrange(_ shares: [ChangeMark.Share]) {
        marks = []
        rows = []
        var positions: [ObjectIdentifier: Int] = [:]
        for (row, share) in shares.enumerated() {
            let position = positions[ObjectIdentifier(share.mark)] ?? marks.count
            if position == marks.count {
                positions[ObjectIdentifier(share.mark)] = position
                marks.append(share.mark)
                rows += Array(repeating: -1, count: ChangeMark.capacity)
            }
            rows[position * ChangeMark.capacity + share.position] = row
        }
    }
}
