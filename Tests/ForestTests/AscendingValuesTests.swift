import Testing

@testable import Forest

@Suite struct AscendingValuesTests {
    private func sorted(_ values: [Double]) -> [Double] {
        let ascending = AscendingValues(values)
        return (0..<ascending.count).map { ascending[$0] }
    }

    @Test(arguments: [1, 2, 3, 300, 20_000])
    func `values of every size and sign are sorted as comparing sorts them`(count: Int) {
        var stream = RandomStream(seed: 7, tree: count)
        let values = (0..<count).map { _ in
            let exponent = 1 + UInt64(stream.next(below: 2045))
            return Double(bitPattern: stream.next() & ~(0x7FF << 52) | exponent << 52)
        }
        #expect(sorted(values) == values.sorted())
    }

    @Test func `whole numbers and halves, which repeat themselves, are sorted`() {
        var stream = RandomStream(seed: 7, tree: 0)
        let values = (0..<5000).map { _ in Double(stream.next(below: 80) - 40) / 2 }
        #expect(sorted(values) == values.sorted())
    }

    @Test func `missing values are left out, and both zeros are one`() {
        #expect(sorted([1, .nan, -1, -0.0, .leastNonzeroMagnitude, 0, .nan]) == [-1, 0, 0, .leastNonzeroMagnitude, 1])
        #expect(sorted([-0.0, 0, -0.0]).allSatisfy { $0.sign == .plus })
        #expect(sorted([.nan]).isEmpty)
        #expect(sorted([]).isEmpty)
    }
}
