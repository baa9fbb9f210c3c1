/// Rows of numeric features with the numbers that each one had: one or more targets, learnt together.
public struct RegressionSet: Sendable {
    /// Most targets that a forest can have.
    public static let targetLimit = 15

    /// Number of targets of each row.
    public let targets: Int
    let table: FeatureTable
    /// The targets, row after row.
    let values: [Double]

    /// One name for each feature, in the order of the columns.
    public var featureNames: [String] { table.names }
    /// Number of rows.
    public var rows: Int { table.rows }
    /// Number of features.
    public var features: Int { table.names.count }

    /// Makes a training set from rows.
    ///
    /// - Parameters:
    ///   - features: One array for each row, with one value for each name; NaN stands for a missing value.
    ///   - targets: One array for each row, all of the same length, 1 to ``targetLimit``; finite.
    ///   - featureNames: One distinct name for each feature, 1 to ``TrainingSet/featureLimit``.
    /// - Throws: ``ForestError/invalidTrainingSet(_:)`` that says what is wrong and where.
    public init(features: [[Double]], targets: [[Double]], featureNames: [String]) throws(ForestError) {
        table = try FeatureTable(features: features, names: featureNames)
        guard targets.count == table.rows else {
            throw .invalidTrainingSet("\(table.rows) rows but targets for \(targets.count)")
        }
        let width = targets[0].count
        guard (1...RegressionSet.targetLimit).contains(width) else {
            throw .invalidTrainingSet("\(width) targets, expected 1 to \(RegressionSet.targetLimit)")
        }
        for (row, values) in targets.enumerated() {
            guard values.count == width else {
                throw .invalidTrainingSet("row \(row) has \(values.count) targets, expected \(width)")
            }
            guard values.allSatisfy(\.isFinite) else {
                throw .invalidTrainingSet("a target of row \(row) is not finite")
            }
        }
        self.targets = width
        values = targets.flatMap { $0 }
    }
}
