/// A random forest: the mean of many randomised classification trees (Breiman, "Random Forests", 2001).
public struct Forest: Sendable {
    /// One name for each feature, in the order that ``probabilities(_:)`` wants them.
    public let featureNames: [String]
    /// Number of classes.
    public let classes: Int
    /// How the forest was grown; ``ForestOptions/threads`` is 1 in a forest read from bytes.
    public let options: ForestOptions
    /// Scores on the rows that the bootstrap left out; nil if every tree saw every row.
    public let outOfBag: OutOfBagEstimate?
    /// Each feature's share of the total decrease of Gini impurity; sums to 1, or is 0 throughout if no tree has a split.
    public let featureImportance: [Double]
    /// The boundaries of each feature's bins.
    let edges: [BinEdges]
    let trees: [Tree]

    /// Number of trees.
    public var treeCount: Int { trees.count }

    /// Forecasts the class of one row.
    ///
    /// - Parameter row: One value for each of ``featureNames``; NaN stands for a missing value.
    /// - Returns: The probability of each class, the mean of the trees' leaf frequencies; sums to 1.
    /// - Throws: ``ForestError/featureCount(expected:found:)``, or ``ForestError/infiniteValue(feature:)``.
    public func probabilities(_ row: [Double]) throws(ForestError) -> [Double] {
        guard row.count == edges.count else { throw .featureCount(expected: edges.count, found: row.count) }
        if let column = row.firstIndex(where: \.isInfinite) { throw .infiniteValue(feature: featureNames[column]) }
        let bins = zip(edges, row).map { $0.bin(of: $1) }
        var sums = [Double](repeating: 0, count: classes)
        for tree in trees {
            let first = tree.leaf(of: bins.span) * classes
            for label in 0..<classes { sums[label] += tree.frequencies[first + label] }
        }
        return Forest.normalised(sums)
    }

    /// Divides sums of frequencies by their total.
    static func normalised(_ sums: [Double]) -> [Double] {
        let total = sums.reduce(0, +)
        return sums.map { $0 / total }
    }
}
