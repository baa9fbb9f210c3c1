import Football
import TestSupport
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

    /// The reference's forecasts of fifteen matches by models on ratings from results, and on what past odds and shots say.
    ///
    /// The second reads expected goals, of which the reference's differ from ours in the first seasons.
    @Test(
        arguments: [
            ("lr_elo", ["elo_difference"], 2e-5),
            ("lr_noodds", ["market_elo_difference", "mixed_goals_home", "mixed_goals_away"], 5e-4),
        ])
    func `forecasts agree with the reference`(model: String, names: [String], tolerance: Double) throws {
        let matches = try RealSeasons.everyMatch.get().map(\.withBet365Alone)
        let rows = LeagueBook.rows(for: matches).rows
        let columns = try names.map { try #require(LeagueBook.names.firstIndex(of: $0)) }
        let examples = try Golden.read().predictions
        #expect(examples.count == 15)
        for example in examples {
            let (match, features) = rows[example.row]
            let start = Block(containing: match.fixture.day).firstDay
            let past = rows.prefix { $0.match.fixture.day < start }
                .filter { row in
                    row.match.fixture.key.season.startYear >= 2006 && columns.allSatisfy { row.features[$0].isFinite }
                }
                .map { row in (features: columns.map { row.features[$0] }, outcome: row.match.result.outcome) }
            let found = try #require(OutcomeRegression(past)).probabilities(columns.map { features[$0] }).values
            let expected = try #require(example.p[model])
            #expect(
                zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(example.row) \(found) \(expected)")
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
