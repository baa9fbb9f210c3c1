/// Rows of numeric features with the class that each one had.
public struct TrainingSet: Sendable {
    /// Most features that a forest can have.
    public static let featureLimit = 4096
    /// Most classes that a forest can have.
    public static let classLimit = 63

    /// Number of classes; labels are `0..<classes`.
    public let classes: Int
    /// The class of each row.
    public let labels: [Int]
    let table: FeatureTable

    /// One name for each feature, in the order of the columns.
    public var featureNames: [String] { table.names }
    /// Number of rows.
    public var rows: Int { labels.count }
    /// Number of features.
    public var features: Int { table.names.count }

    /// Class weights under which every class weighs the same in total, for ``ForestOptions/classWeights``.
    ///
    /// Rows / (classes with rows x rows of the class), and 1 for a class without rows.
    public var balancedWeights: [Double] {
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[label] += 1 }
        let seen = counts.count { $0 > 0 }
        return counts.map { $0 > 0 ? Double(rows) / (Double(seen) * Double($0)) : 1 }
    }

    /// Makes a training set from rows.
    ///
    /// - Parameters:
    ///   - features: One array for each row, with one value for each name; NaN stands for a missing value.
    ///   - labels: The class of each row, in `0..<classes`.
    ///   - classes: Number of classes, 1 to ``classLimit``; a class may have no row.
    ///   - featureNames: One distinct name for each feature, 1 to ``featureLimit``.
    /// - Throws: ``ForestError/invalidTrainingSet(_:)`` that says what is wrong and where.
    public init(features: [[Double]], labels: [Int], classes: Int, featureNames: [String]) throws(ForestError) {
        guard features.isEmpty || features.count == labels.count else {
            throw .invalidTrainingSet("\(features.count) rows but \(labels.count) labels")
        }
        try TrainingSet.check(labels: labels, classes: classes)
        table = try FeatureTable(features: features, names: featureNames)
        self.classes = classes
        self.labels = labels
    }

    /// Makes a training set from columns, which are shared rather than copied: the way for millions of rows.
    ///
    /// - Parameters:
    ///   - columns: One array for each name, with one value for each row; NaN stands for a missing value.
    ///   - labels: The class of each row, in `0..<classes`.
    ///   - classes: Number of classes, 1 to ``classLimit``; a class may have no row.
    ///   - featureNames: One distinct name for each feature, 1 to ``featureLimit``.
    /// - Throws: ``ForestError/invalidTrainingSet(_:)`` that says what is wrong and where.
    public init(columns: [[Double]], labels: [Int], classes: Int, featureNames: [String]) throws(ForestError) {
        try TrainingSet.check(labels: labels, classes: classes)
        table = try FeatureTable(columns: columns, rows: labels.count, names: featureNames)
        self.classes = classes
        self.labels = labels
    }

    private static func check(labels: [Int], classes: Int) throws(ForestError) {
        guard (1...classLimit).contains(classes) else {
            throw .invalidTrainingSet("\(classes) classes, expected 1 to \(classLimit)")
        }
        if let row = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
            throw .invalidTrainingSet("row \(row) has class \(labels[row]) of \(classes)")
        }
    }
}
