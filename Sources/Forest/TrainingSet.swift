/// Rows of numeric features with the class that each one had.
public struct TrainingSet: Sendable {
    /// Most features that a forest can have.
    public static let featureLimit = 4096
    /// Most classes that a forest can have.
    public static let classLimit = 256

    /// One name for each feature, in the order of the columns.
    public let featureNames: [String]
    /// Number of classes; labels are `0..<classes`.
    public let classes: Int
    /// The class of each row.
    public let labels: [Int]
    /// The values, column after column; NaN is a missing one.
    let values: [Double]

    /// Number of rows.
    public var rows: Int { labels.count }
    /// Number of features.
    public var features: Int { featureNames.count }

    /// Makes a training set from rows.
    ///
    /// - Parameters:
    ///   - features: One array for each row, with one value for each name; NaN stands for a missing value.
    ///   - labels: The class of each row, in `0..<classes`.
    ///   - classes: Number of classes, 1 to ``classLimit``; a class may have no row.
    ///   - featureNames: One distinct name for each feature, 1 to ``featureLimit``.
    /// - Throws: ``ForestError/invalidTrainingSet(_:)`` that says what is wrong and where.
    public init(features: [[Double]], labels: [Int], classes: Int, featureNames: [String]) throws(ForestError) {
        guard !features.isEmpty else { throw .invalidTrainingSet("no rows") }
        guard features.count <= Int(Int32.max) else { throw .invalidTrainingSet("more than \(Int32.max) rows") }
        guard features.count == labels.count else {
            throw .invalidTrainingSet("\(features.count) rows but \(labels.count) labels")
        }
        guard (1...TrainingSet.classLimit).contains(classes) else {
            throw .invalidTrainingSet("\(classes) classes, expected 1 to \(TrainingSet.classLimit)")
        }
        guard (1...TrainingSet.featureLimit).contains(featureNames.count) else {
            throw .invalidTrainingSet("\(featureNames.count) features, expected 1 to \(TrainingSet.featureLimit)")
        }
        guard Set(featureNames).count == featureNames.count else {
            throw .invalidTrainingSet("feature names are not distinct")
        }
        for (row, values) in features.enumerated() {
            guard values.count == featureNames.count else {
                throw .invalidTrainingSet("row \(row) has \(values.count) values, expected \(featureNames.count)")
            }
            if let column = values.firstIndex(where: \.isInfinite) {
                throw .invalidTrainingSet("feature \(featureNames[column]) of row \(row) is infinite")
            }
        }
        if let row = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
            throw .invalidTrainingSet("row \(row) has class \(labels[row]) of \(classes)")
        }
        self.featureNames = featureNames
        self.classes = classes
        self.labels = labels
        var values: [Double] = []
        values.reserveCapacity(features.count * featureNames.count)
        for column in featureNames.indices {
            for row in features { values.append(row[column]) }
        }
        self.values = values
    }

    /// The values of one feature, in the order of the rows.
    func column(_ feature: Int) -> ArraySlice<Double> {
        values[feature * rows..<(feature + 1) * rows]
    }
}
