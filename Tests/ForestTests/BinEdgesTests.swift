import Testing

@testable import Forest

@Suite struct BinEdgesTests {
    @Test func `few distinct values have a bin each, with edges half-way`() {
        let edges = BinEdges.fitted(to: [3, 1, 1, .nan, 2], limit: BinEdges.histogramLimit).edges
        #expect(edges.edges == [1.5, 2.5])
        #expect([1, 1.5, 1.6, 3, 99].map(edges.bin(of:)) == [0, 0, 1, 2, 2])
        #expect(edges.bin(of: .nan) == BinEdges.missing)
    }

    @Test func `as many distinct values as there are bins are kept apart`() {
        let edges = BinEdges.fitted(to: (0..<254).map(Double.init), limit: BinEdges.histogramLimit).edges
        #expect(edges.bins == 254)
        #expect((0..<254).allSatisfy { edges.bin(of: Double($0)) == UInt16($0) })
    }

    @Test func `many values share the bins evenly`() {
        let values = (0..<10_000).map { Double($0 * $0) }
        let edges = BinEdges.fitted(to: values, limit: BinEdges.histogramLimit).edges
        let sizes = values.reduce(into: [UInt16: Int]()) { $0[edges.bin(of: $1), default: 0] += 1 }
        #expect(sizes.count == 254)
        #expect(sizes.values.allSatisfy { (35...45).contains($0) })
    }

    @Test func `one value that half of the rows have leaves the other bins to the rest`() {
        let values = [Double](repeating: 0, count: 5000) + (1...5000).map(Double.init)
        let edges = BinEdges.fitted(to: values, limit: BinEdges.histogramLimit).edges
        #expect(edges.bins > 250)
        #expect(edges.bin(of: 0) == 0)
        #expect(edges.bin(of: 30) > 0)
    }

    @Test func `neighbouring numbers and the largest ones are kept apart`() {
        for (low, high) in [
            (1.0, 1.0.nextUp), (-.greatestFiniteMagnitude, .greatestFiniteMagnitude), (0, Double.leastNonzeroMagnitude),
        ] {
            let edges = BinEdges.fitted(to: [low, high], limit: BinEdges.histogramLimit).edges
            #expect(edges.bin(of: low) == 0)
            #expect(edges.bin(of: high) == 1)
        }
    }

    @Test func `no values need a single bin`() {
        #expect(BinEdges.fitted(to: [.nan, .nan], limit: BinEdges.histogramLimit).edges.bins == 1)
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 100, 253, 254, 257, 4097, 65_533])
    func `edges below a value are counted, however many there are`(count: Int) {
        let edges = (0..<count).map { Double($0) * 2 }
        let span = edges.span
        let step = max(1, count / 300)
        for index in stride(from: 0, to: count, by: step) {
            #expect(BinEdges.edgesBelow(Double(index) * 2, span) == index)
            #expect(BinEdges.edgesBelow(Double(index) * 2 + 1, span) == index + 1)
        }
        #expect(BinEdges.edgesBelow(-1, span) == 0)
        #expect(BinEdges.edgesBelow(1e9, span) == count)
    }
}
