import Forest
import Testing

@Suite struct SingleTreeTests {
    @Test func `without randomness a tree is scikit-learn's tree`() async throws {
        let golden = try GoldenTree.classification()
        let range = try #require(golden.rows)
        let league = try LeagueRows()
        try #require(golden.columns == LeagueRows.columns)
        let rows = range[0]..<range[1]
        let set = try TrainingSet(
            features: Array(league.features[rows]), labels: Array(league.labels[rows]), classes: 3,
            featureNames: golden.columns)
        let forest = try await Forest.train(
            set,
            options: ForestOptions(
                trees: 1, maximumDepth: golden.depth, minimumLeaf: golden.min_leaf,
                featuresPerSplit: golden.columns.count, bootstrap: false))
        // All 3,040 rows: those that the tree has not seen find its thresholds, too.
        for row in league.features {
            let expected = golden.tree.value[golden.tree.leaf(of: row)]
            let found = try forest.probabilities(row)
            #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-9 }, "\(row)")
        }
    }
}
