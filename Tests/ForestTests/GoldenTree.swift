import FoundationEssentials
import TestSupport

/// A tree that scikit-learn grew on rows of the league without any randomness, and what it was grown from.
struct GoldenTree: Decodable {
    /// The first row and the row after the last one; nil where whole seasons were taken.
    let rows: [Int]?
    /// The years in which the seasons began; nil where rows were taken.
    let seasons: [Int]?
    let depth: Int
    let min_leaf: Int
    let columns: [String]
    let tree: Grown

    /// The tree itself, in scikit-learn's arrays: for each node its question, its children and what it knows.
    struct Grown: Decodable {
        let feature: [Int]
        let threshold: [Double]
        /// The left child, -1 in a leaf.
        let left: [Int]
        let right: [Int]
        /// Training rows in each node.
        let n: [Double]
        /// The share of each class, or the mean of each target.
        let value: [[Double]]

        /// The leaf that a row belongs to.
        func leaf(of row: [Double]) -> Int {
            var node = 0
            while left[node] >= 0 { node = row[feature[node]] <= threshold[node] ? left[node] : right[node] }
            return node
        }
    }

    private struct File: Decodable {
        let trees: Trees
    }
    private struct Trees: Decodable {
        let classifier_gini_seedrows: GoldenTree
        let residual_regressor: GoldenTree
    }

    /// Three classes told apart by Gini impurity, with the benchmark's columns.
    static func classification() throws -> GoldenTree { try all().classifier_gini_seedrows }

    /// Three targets at once: how far the outcome was from what the market implied.
    static func residuals() throws -> GoldenTree { try all().residual_regressor }

    private static func all() throws -> Trees {
        try JSONDecoder().decode(File.self, from: SharedData.reference("golden.json")).trees
    }
}
