/// The values that a forest learns from: named columns of equal length, NaN where a value is missing.
struct FeatureTable: Sendable {
    let names: [String]
    let columns: [[Double]]
    let rows: Int

    /// Checks and keeps columns; no value is copied.
    init(columns: [[Double]], rows: Int, names: [String]) throws(ForestError) {
        try FeatureTable.check(names)
        guard rows > 0 else { throw .invalidTrainingSet("no rows") }
        guard rows <= Int(Int32.max) else { throw .invalidTrainingSet("more than \(Int32.max) rows") }
        guard columns.count == names.count else {
            throw .invalidTrainingSet("\(columns.count) columns, expected \(names.count)")
        }
        for (column, name) in zip(columns, names) {
            guard column.count == rows else {
                throw .invalidTrainingSet("feature \(name) has \(column.count) values, expected \(rows)")
            }
            if let row = column.firstIndex(where: \.isInfinite) {
                throw .invalidTrainingSet("feature \(name) of row \(row) is infinite")
            }
        }
        self.names = names
        self.columns = columns
        self.rows = rows
    }

    /// Turns rows into columns.
    init(features: [[Double]], names: [String]) throws(ForestError) {
        guard !features.isEmpty else { throw .invalidTrainingSet("no rows") }
        try FeatureTable.check(names)
        for (row, values) in features.enumerated() where values.count != names.count {
            throw .invalidTrainingSet("row \(row) has \(values.count) values, expected \(names.count)")
        }
        let columns = names.indices.map { column in features.map { $0[column] } }
        try self.init(columns: columns, rows: features.count, names: names)
    }

    private static func check(_ names: [String]) throws(ForestError) {
        guard (1...TrainingSet.featureLimit).contains(names.count) else {
            throw .invalidTrainingSet("\(names.count) features, expected 1 to \(TrainingSet.featureLimit)")
        }
        guard Set(names).count == names.count else { throw .invalidTrainingSet("feature names are not distinct") }
    }
}
