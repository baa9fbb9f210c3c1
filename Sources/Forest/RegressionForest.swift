/// A random forest of regression trees that forecast one or more numbers at once (Breiman, "Random forests", 2001;
/// several targets as in Segal and Xiao, "Multivariate random forests", 2011: a split minimises the sum of the targets'
/// variances).
public struct RegressionForest: Sendable {
    /// One name for each feature, in the order that ``predictions(_:shrinkage:)`` wants them.
    public let featureNames: [String]
    /// Number of targets.
    public let targets: Int
    /// How the forest was grown; ``ForestOptions/threads`` is 1 in a forest read from bytes.
    public let options: ForestOptions
    /// Each feature's share of the total decrease of variance; sums to 1, or is 0 throughout if no tree has a split.
    public let featureImportance: [Double]
    /// The boundaries of each feature's bins.
    let edges: [BinEdges]
    let trees: FlatTrees
    let codes: RowCodes
    /// The mean targets of each distinct leaf.
    let means: LeafValues

    init(
        featureNames: [String], targets: Int, options: ForestOptions, featureImportance: [Double], edges: [BinEdges],
        trees: FlatTrees
    ) {
        self.featureNames = featureNames
        self.targets = targets
        self.options = options
        self.featureImportance = featureImportance
        self.edges = edges
        self.trees = trees
        codes = RowCodes(edges)
        means = RegressionForest.values(trees.records, shrinkage: 0)
    }

    /// Number of trees.
    public var treeCount: Int { trees.count }
    /// Number of questions and leaves in all trees.
    public var nodeCount: Int { trees.nodes.count }

    /// Forecasts the targets of one row.
    ///
    /// - Parameters:
    ///   - row: One value for each of ``featureNames``; NaN stands for a missing value.
    ///   - shrinkage: How many rows the assumption weighs that all targets are 0, at least 0: a leaf with the mean m of n
    ///     distinct rows forecasts n / (n + shrinkage) x m.
    /// - Returns: The mean of the trees' forecasts for each target.
    /// - Throws: ``ForestError/featureCount(expected:found:)``, ``ForestError/infiniteValue(feature:)``, or
    ///   ``ForestError/invalidOption(name:value:expected:)`` for the shrinkage.
    public func predictions(_ row: [Double], shrinkage: Double = 0) throws(ForestError) -> [Double] {
        try RegressionForest.check(shrinkage)
        let rowCodes = try codes.codes(of: row, names: featureNames)
        var sums = [SIMD4<Double>](repeating: .zero, count: means.vectors)
        let width = trees.records.width
        trees.walk(rowCodes.span) { leaf in
            let record = trees.recordNumbers[leaf]
            let rows = trees.records.values[Int(record) * width + width - 1]
            means.add(record, times: rows / (rows + shrinkage), to: &sums)
        }
        return (0..<targets).map { sums[$0 / 4][$0 % 4] / Double(trees.count) }
    }

    /// Forecasts the targets of many rows on the calling thread.
    ///
    /// - Parameters:
    ///   - values: The rows, one after another, each with one value for each of ``featureNames``.
    ///   - shrinkage: As in ``predictions(_:shrinkage:)``.
    /// - Returns: For each row, one after another, the forecast of each target.
    /// - Throws: What ``predictions(_:shrinkage:)`` throws; ``ForestError/featureCount(expected:found:)`` if the last
    ///   row is not whole.
    public func predictions(ofRows values: [Double], shrinkage: Double = 0) throws(ForestError) -> [Double] {
        try RegressionForest.check(shrinkage)
        let shrunken = RegressionForest.values(trees.records, shrinkage: shrinkage)
        return try trees.means(ofRows: values.span, codes, shrunken, names: featureNames)
    }

    static func check(_ shrinkage: Double) throws(ForestError) {
        guard shrinkage >= 0 && shrinkage.isFinite else {
            throw .invalidOption(name: "shrinkage", value: "\(shrinkage)", expected: "0 or more")
        }
    }

    /// What the leaves forecast, from records of mean targets and distinct rows.
    static func values(_ records: RecordTable, shrinkage: Double) -> LeafValues {
        let width = records.width
        return LeafValues(count: records.count, width: width - 1) { record, target in
            let rows = records.values[record * width + width - 1]
            return records.values[record * width + target] * (rows / (rows + shrinkage))
        }
    }
}
