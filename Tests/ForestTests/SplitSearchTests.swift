import Testing

@testable import Forest

@Suite struct SplitSearchTests {
    /// What the search says of rows that were drawn once each, of which two classes are known.
    private func search(_ rows: [(bin: UInt8, label: UInt8)], minimumLeaf: Int) -> SplitSearch<PackedClassTally>.Finding
    {
        let draws = Buffer(repeating: Draw(row: 0, label: 0, times: 0), count: rows.count)
        var total = PackedClassTally.zero
        let evidence: [UInt8] = []
        for (row, known) in rows.enumerated() {
            draws[row] = Draw(row: row, label: known.label, times: 1)
            total += PackedClassTally(draws[row], evidence.span)
        }
        let bins = rows.map(\.bin)
        var search = SplitSearch<PackedClassTally>(codes: 256, minimumLeaf: minimumLeaf, weights: ClassWeights(nil))
        return search.best(
            feature: 3, draws: draws, range: 0..<rows.count, column: bins.span, columnBins: 254,
            evidence: evidence.span, total: total,
            toBeat: -1)
    }

    private func best(_ rows: [(bin: UInt8, label: UInt8)], minimumLeaf: Int) throws -> Split<PackedClassTally> {
        guard case .split(let split) = search(rows, minimumLeaf: minimumLeaf) else { throw NoSplit() }
        return split
    }

    private struct NoSplit: Error {}

    @Test func `the boundary is in the middle of the gap between the node's own values`() throws {
        let split = try best([(2, 0), (2, 0), (12, 1)], minimumLeaf: 1)
        #expect(split.feature == 3)
        #expect(split.bin == 6)
        #expect(split.missingGoesLeft == nil)
        // Two pure children: 2 x 2 / 2 + 1 x 1 / 1.
        #expect(split.score == 3)
        #expect(split.left.rows == 2)
    }

    @Test func `rows without a value count towards the child that they go to`() throws {
        let rows: [(UInt8, UInt8)] = [(0, 1), (255, 1), (255, 1), (1, 0), (1, 0), (1, 0)]
        let split = try best(rows, minimumLeaf: 3)
        #expect(split.bin == 0)
        #expect(split.missingGoesLeft == true)
        #expect(split.score == 6)
        #expect(split.left.rows == 3)
    }

    @Test func `rows with a value can be parted from those without one`() throws {
        let rows: [(UInt8, UInt8)] = [(0, 0), (9, 0), (255, 1), (255, 1)]
        let split = try best(rows, minimumLeaf: 2)
        #expect(split.bin == 254)
        #expect(split.missingGoesLeft == false)
        #expect(split.score == 4)
    }

    @Test func `a split that leaves too few rows on a side is none`() {
        for (rows, minimumLeaf): ([(UInt8, UInt8)], Int) in [([(0, 0), (1, 1), (1, 1)], 2), ([(0, 0), (255, 1)], 2)] {
            guard case .nothing = search(rows, minimumLeaf: minimumLeaf) else {
                Issue.record("\(rows) were split")
                continue
            }
        }
    }

    @Test(arguments: [5, 255] as [UInt8])
    func `a feature with a single value is constant`(bin: UInt8) {
        guard case .constant = search([(bin, 0), (bin, 1)], minimumLeaf: 1) else {
            return #expect(Bool(false), "bin \(bin)")
        }
    }
}
