import Testing

@testable import Forest

@Suite struct SplitSearchTests {
    /// The best split of rows that were drawn once each.
    private func best(_ rows: [(bin: UInt8, label: UInt8)], minimumLeaf: Int) -> Split? {
        var histogram = Histogram(classes: 2)
        let (members, weights) = (rows.indices.map { Int32($0) }, rows.map { _ in UInt32(1) })
        let (bins, labels) = (rows.map(\.bin), rows.map(\.label))
        histogram.count(members.span, column: bins.span, labels: labels.span, weights: weights.span)
        var search = SplitSearch(classes: 2, minimumLeaf: minimumLeaf)
        let ones = labels.count { $0 == 1 }
        return search.best(feature: 3, histogram: histogram, totals: [rows.count - ones, ones, rows.count])
    }

    @Test func `the boundary is in the middle of the gap between the node's own values`() {
        let split = best([(2, 0), (2, 0), (12, 1)], minimumLeaf: 1)
        // Two pure children: 2 x 2 / 2 + 1 x 1 / 1.
        #expect(split == Split(feature: 3, bin: 6, missingGoesLeft: nil, score: 3))
    }

    @Test func `rows without a value count towards the child that they go to`() {
        let rows: [(UInt8, UInt8)] = [(0, 1), (255, 1), (255, 1), (1, 0), (1, 0), (1, 0)]
        #expect(best(rows, minimumLeaf: 3) == Split(feature: 3, bin: 0, missingGoesLeft: true, score: 6))
    }

    @Test func `rows with a value can be parted from those without one`() {
        let rows: [(UInt8, UInt8)] = [(0, 0), (9, 0), (255, 1), (255, 1)]
        #expect(best(rows, minimumLeaf: 2) == Split(feature: 3, bin: 254, missingGoesLeft: false, score: 4))
    }

    @Test func `a split that leaves too few rows on a side is none`() {
        #expect(best([(0, 0), (1, 1), (1, 1)], minimumLeaf: 2) == nil)
        #expect(best([(5, 0), (5, 1)], minimumLeaf: 1) == nil)
    }
}
