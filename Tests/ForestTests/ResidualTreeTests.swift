import Football
import Forest
import TestSupport
import Testing

@Suite struct ResidualTreeTests {
    private static let columns = [
        ("pH", "market_home"), ("pD", "market_draw"), ("pA", "market_away"), ("lHA", "market_log_ratio"),
        ("lD", "market_log_draw"), ("eloO_d", "market_elo_difference"), ("dcx_l", "mixed_goals_home"),
        ("dcx_m", "mixed_goals_away"),
    ]

    @Test func `without randomness a tree of residuals against the market is scikit-learn's tree`() async throws {
        let golden = try GoldenTree.residuals()
        try #require(golden.columns == Self.columns.map(\.0))
        let places = Self.columns.compactMap { LeagueBook.names.firstIndex(of: $0.1) }
        try #require(places.count == golden.columns.count)
        let rows = try leagueRows(#require(golden.seasons))
        try #require(rows.count == 1520)
        let features = rows.map { row in places.map { row.features[$0] } }
        let targets = rows.map { row in
            [Outcome.home, .draw, .away].indices.map { index in
                ([Outcome.home, .draw, .away][index] == row.match.result.outcome ? 1 : 0) - row.features[places[index]]
            }
        }
        let forest = try await RegressionForest.train(
            RegressionSet(features: features, targets: targets, featureNames: golden.columns),
            options: ForestOptions(
                trees: 1, maximumDepth: golden.depth, minimumLeaf: golden.min_leaf,
                featuresPerSplit: golden.columns.count, bootstrap: false, exactSplits: true))
        #expect(forest.nodeCount == golden.tree.left.count)
        for row in features {
            let leaf = golden.tree.leaf(of: row)
            let plain = try forest.predictions(row)
            let shrunken = try forest.predictions(row, shrinkage: 400)
            for (target, expected) in golden.tree.value[leaf].enumerated() {
                #expect(abs(plain[target] - expected) < 1e-9)
                let share = golden.tree.n[leaf] / (golden.tree.n[leaf] + 400)
                #expect(abs(shrunken[target] - expected * share) < 1e-9)
            }
        }
    }

    /// The features of some seasons' matches, from all that was played before them and Bet365's odds alone.
    private func leagueRows(_ seasons: [Int]) throws -> [(match: Match, features: [Double])] {
        let last = try #require(seasons.max())
        let matches = try RealSeasons.matches((2005...last).map(Season.init(startYear:))).map { match in
            let fixture = match.fixture
            let odds = fixture.odds.filter { $0.key == Quote(.bet365) }
            return Match(
                fixture: Fixture(key: fixture.key, day: fixture.day, kickOff: fixture.kickOff, odds: odds),
                result: match.result)
        }
        let wanted = { (match: Match) in seasons.contains(match.fixture.key.season.startYear) }
        let first = try #require(matches.filter(wanted).map(\.fixture.day).min())
        var book = LeagueBook()
        // Strengths are fitted day by day, each from the last: a month brings them where they belong.
        return book.read(matches, since: first.advanced(by: -30)).filter { wanted($0.match) }
    }
}
