import Drift
import Testing

@Suite struct CorrectionTests {
    @Test func `p-values are adjusted step by step and stay in their places`() {
        // 0.01 x 4, 0.005 x ... : the smallest is multiplied by 4, the next by 3 and so on, never falling.
        let adjusted = holm([0.01, 0.04, 0.03, 0.005])
        for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(found - expected) < 1e-15) }
    }

    @Test func `no adjusted p-value is above 1 and an unknown one counts as 1`() {
        #expect(holm([0.9, 0.8, .nan]) == [1, 1, 1])
        #expect(holm([]) == [])
        #expect(holm([0.2]) == [0.2])
    }

    @Test func `adjusting keeps the order and lies between one test and Bonferroni`() {
        var numbers = Numbers(4)
        for _ in 0..<100 {
            let pValues = (0..<12).map { _ in numbers.next() * numbers.next() }
            let adjusted = holm(pValues)
            let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
            #expect(zip(order, order.dropFirst()).allSatisfy { adjusted[$0] <= adjusted[$1] })
            #expect(zip(pValues, adjusted).allSatisfy { $0 <= $1 && $1 <= min(1, 12 * $0) })
        }
    }

    @Test func `the false discovery rate's p-values are never above those of the family-wise one`() {
        let adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, .nan])
        for (found, expected) in zip(adjusted, [0.025, 0.05, 0.05, 0.025, 1]) {
            #expect(abs(found - expected) < 1e-15)
        }
        var numbers = Numbers(5)
        for _ in 0..<100 {
            let pValues = (0..<12).map { _ in numbers.next() * numbers.next() }
            for (least, most) in zip(benjaminiHochberg(pValues), holm(pValues)) { #expect(least <= most + 1e-15) }
            #expect(Correction.holm.adjusted(pValues) == holm(pValues))
            #expect(Correction.benjaminiHochberg.adjusted(pValues) == benjaminiHochberg(pValues))
        }
    }
}
