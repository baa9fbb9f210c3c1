import Forest
import FoundationEssentials
import Testing

/// A tree that scikit-learn grew on the same rows without any randomness.
private struct Golden: Decodable {
    struct Trees: Decodable {
        let classifier_gini_seedrows: Case
    }
    struct Case: Decodable {
        let rows: [Int]
        let depth: Int
        let min_leaf: Int
        let columns: [String]
        let tree: Grown
    }
    struct Grown: Decodable {
        let feature: [Int]
        let threshold: [Double]
        let left: [Int]
        let right: [Int]
        let value: [[Double]]

        func value(of row: [Double]) -> [Double] {
            var node = 0
            while left[node] >= 0 { node = row[feature[node]] <= threshold[node] ? left[node] : right[node] }
            return value[node]
        }
    }
    let trees: Trees
}

@Suite struct SingleTreeTests {
    @Test func `without randomness a tree is scikit-learn's tree`() async throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedFiles.data("reference/golden.json"))
            .trees.classifier_gini_seedrows
        let league = try LeagueRows()
        try #require(golden.columns == LeagueRows.columns)
        let rows = golden.rows[0]..<golden.rows[1]
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
            let expected = golden.tree.value(of: row)
            let found = try forest.probabilities(row)
            #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-9 }, "\(row)")
        }
    }
}
