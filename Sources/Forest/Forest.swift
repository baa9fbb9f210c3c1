/// A random forest: the mean of many randomised classification trees (Breiman, "Random forests", 2001).
public struct Forest: Sendable {
    /// One name for each feature, in the order that ``probabilities(_:)`` wants them.
    public let featureNames: [String]
    /// Number of classes.
    public let classes: Int
    /// How the forest was grown; ``ForestOptions/threads`` is 1 in a forest read from bytes.
    public let options: ForestOptions
    /// Scores on the rows that the trees' samples left out; nil if every tree saw every row.
    public let outOfBag: OutOfBagEstimate?
    /// Each feature's share of the total decrease of Gini impurity; sums to 1, or is 0 throughout if no tree has a split.
    public let featureImportance: [Double]
    /// The boundaries of each feature's bins.
    let edges: [BinEdges]
    let trees: FlatTrees
    let codes: RowCodes
    /// The class frequencies of each distinct leaf.
    let frequencies: LeafValues

    init(
        featureNames: [String], classes: Int, options: ForestOptions, outOfBag: OutOfBagEstimate?,
        featureImportance: [Double], edges: [BinEdges], trees: FlatTrees, frequencies: LeafValues
    ) {
        self.featureNames = featureNames
        self.classes = classes
        self.options = options
        self.outOfBag = outOfBag
        self.featureImportance = featureImportance
        self.edges = edges
        self.trees = trees
        self.frequencies = frequencies
        codes = RowCodes(edges)
    }

    /// Number of trees.
    public var treeCount: Int { trees.count }
    /// Number of questions and leaves in all trees.
    public var nodeCount: Int { trees.nodes.count }

    /// Forecasts the class of one row.
    ///
    /// - Parameter row: One value for each of ``featureNames``; NaN stands for a missing value.
    /// - Returns: The probability of each class, the mean of the trees' leaf frequencies; sums to 1.
    /// - Throws: ``ForestError/featureCount(expected:found:)``, or ``ForestError/infiniteValue(feature:)``.
    public func probabilities(_ row: [Double]) throws(ForestError) -> [Double] {
        let rowCodes = try codes.codes(of: row, names: featureNames)
        let sums = trees.sums(rowCodes.span, frequencies)
        return (0..<classes).map { sums[$0 / 4][$0 % 4] / Double(trees.count) }
    }

    /// Forecasts the classes of many rows on the calling thread, several times faster than one by one.
    ///
    /// - Parameter values: The rows, one after another, each with one value for each of ``featureNames``; NaN stands for
    ///   a missing value.
    /// - Returns: For each row, one after another, the probability of each class: exactly what ``probabilities(_:)``
    ///   returns.
    /// - Throws: ``ForestError/featureCount(expected:found:)`` if the last row is not whole, or
    ///   ``ForestError/infiniteValue(feature:)``.
    public func probabilities(ofRows values: [Double]) throws(ForestError) -> [Double] {
        try trees.means(ofRows: values.span, codes, frequencies, names: featureNames)
    }

    /// The class frequencies in a leaf, from its counts.
    static func frequencies(_ records: RecordTable, weights: [Double]?) -> LeafValues {
        let width = records.width
        let weights = weights ?? [Double](repeating: 1, count: width)
        return LeafValues(count: records.count, width: width) { record, label in
            var total = 0.0
            for other in 0..<width { total += records.values[record * width + other] * weights[other] }
            return records.values[record * width + label] * weights[label] / total
        }
    }
}
