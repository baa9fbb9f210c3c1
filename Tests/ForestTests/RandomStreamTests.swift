import Testing

@testable import Forest

@Suite struct RandomStreamTests {
    @Test func `numbers below a bound are equally likely`() {
        var stream = RandomStream(seed: 1, tree: 0)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[stream.next(below: 7)] += 1 }
        let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
        // The 99.9 % point of chi-squared with 6 degrees of freedom.
        #expect(chiSquared < 22.5)
    }

    @Test func `neighbouring trees and seeds have streams of their own`() {
        var first: Set<UInt64> = []
        for seed: UInt64 in 0..<20 {
            for tree in 0..<20 {
                var stream = RandomStream(seed: seed, tree: tree)
                first.insert(stream.next())
            }
        }
        #expect(first.count == 400)
    }
}
