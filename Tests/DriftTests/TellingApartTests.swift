import Drift
import Testing

@Suite struct TellingApartTests {
    private func rows(_ count: Int, shift: Double, _ numbers: inout Numbers) -> [[Double]] {
        (0..<count).map { _ in [numbers.next() + shift, numbers.next()] }
    }

    /// Scores by the first column alone, in the direction that the learning half shows.
    private func judge(_ shift: Double, seed: UInt64) async -> TwoSampleResult? {
        var numbers = Numbers(seed)
        let (reference, current) = (rows(300, shift: 0, &numbers), rows(100, shift: shift, &numbers))
        return await TellingApart.test(
            reference: reference, current: current, permutations: 199, draw: { Int(numbers.next() * Double($0)) }
        ) { rows, isCurrent, unseen in
            let mean = { (wanted: Bool) in
                let values = zip(rows, isCurrent).filter { $0.1 == wanted }.map { $0.0[0] }
                return values.reduce(0, +) / Double(values.count)
            }
            let sign = mean(true) > mean(false) ? 1.0 : -1
            return unseen.map { sign * $0[0] }
        }
    }

    @Test func `samples that differ are told apart, and the area says how well`() async throws {
        let result = try #require(await judge(0.5, seed: 1))
        #expect((0.8...0.95).contains(result.statistic), "\(result)")
        #expect(result.pValue == 1.0 / 200)
        #expect((result.referenceCount, result.currentCount) == (300, 100))
    }

    @Test func `samples that do not differ are told apart as rarely as asked for`() async {
        var pValues: [Double] = []
        for seed in 100..<200 as Range<UInt64> {
            if let result = await judge(0, seed: seed) { pValues.append(result.pValue) }
        }
        #expect(pValues.count == 100)
        // Ten are expected at 0.1; more than 21 has a chance of 1 in 5,000.
        #expect(pValues.count { $0 <= 0.1 } <= 21)
        #expect(pValues.count { $0 > 0.5 } >= 25)
    }

    @Test func `equal scores share their rank`() async {
        var numbers = Numbers(1)
        let result = await TellingApart.test(
            reference: rows(20, shift: 0, &numbers), current: rows(20, shift: 0, &numbers), permutations: 19,
            draw: { Int(numbers.next() * Double($0)) }
        ) { _, _, unseen in unseen.map { _ in 1 } }
        #expect(result?.statistic == 0.5)
        #expect(result?.pValue == 1)
    }

    @Test func `without enough rows for two halves there is no verdict`() async {
        let result = await TellingApart.test(
            reference: [[1], [2], [3]], current: [[1], [2], [3], [4]], permutations: 9, draw: { _ in 0 }
        ) { _, _, unseen in unseen.map { _ in 0 } }
        #expect(result == nil)
    }
}
