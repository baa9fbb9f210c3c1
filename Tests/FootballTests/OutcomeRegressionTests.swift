import Football
import Testing

struct OutcomeRegressionTests {
    @Test func `what it learns from two groups is their frequencies`() throws {
        let rows: [(features: [Double], outcome: Outcome)] = (0..<1_000).map { index in
            let outcomes: [Outcome] =
                index % 2 == 0 ? [.home, .home, .home, .draw, .away] : [.away, .away, .draw, .home, .home]
            return ([Double(index % 2)], outcomes[index / 2 % 5])
        }
        let regression = try #require(OutcomeRegression(rows, penalty: 1e-9))
        for (group, expected) in [([0.0], [0.6, 0.2, 0.2]), ([1.0], [0.4, 0.2, 0.4])] {
            let found = regression.probabilities(group).values
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
        }
    }

    @Test func `without rows there is nothing to learn`() {
        #expect(OutcomeRegression([]) == nil)
    }

    @Test func `a feature that never changes does no harm`() throws {
        let rows: [(features: [Double], outcome: Outcome)] = (0..<30).map { ([1], $0 % 3 == 0 ? .draw : .home) }
        let found = try #require(OutcomeRegression(rows, penalty: 1e-7)).probabilities([1])
        #expect(abs(found.draw - 1.0 / 3) < 1e-3 && found.away < 1e-3)
    }
}
