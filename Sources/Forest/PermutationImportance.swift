import Glibc

/// How much worse a forest forecasts when one feature's values are dealt out anew among the rows (Breiman, "Random
/// forests", 2001; Fisher, Rudin and Dominici, "All models are wrong, but many are useful", 2019).
public struct PermutationImportance: Sendable, Hashable {
    /// The feature.
    public let feature: String
    /// By how much the mean loss rises, on average over the repetitions; around 0 or below for a feature without use.
    public let mean: Double
    /// The standard deviation of the rise between repetitions; 0 with a single one.
    public let standardDeviation: Double
    /// Number of rows.
    public let rows: Int
}

extension Forest {
    /// Measures what each feature is worth to the forecasts of a set, which should not be the training set.
    ///
    /// The loss is the log loss: the mean of -ln of the probability given to the right class, at least 1e-15.
    ///
    /// - Parameters:
    ///   - set: Rows with the forest's features and classes.
    ///   - seed: Where the permutations come from.
    ///   - repetitions: How often each feature is permuted, at least 1.
    ///   - threads: How many features to work on at a time, at least 1.
    /// - Returns: One importance for each feature, in the order of ``featureNames``.
    /// - Throws: ``ForestError/invalidTrainingSet(_:)`` if the set is of other features or classes,
    ///   ``ForestError/invalidOption(name:value:expected:)``, or ``ForestError/cancelled``.
    @concurrent
    public func permutationImportance(
        on set: TrainingSet, seed: UInt64 = 0, repetitions: Int = 5, threads: Int = 1
    ) async throws(ForestError) -> [PermutationImportance] {
        guard set.featureNames == featureNames, set.classes == classes else {
            throw .invalidTrainingSet("its features or classes are not the forest's")
        }
        guard repetitions >= 1, threads >= 1 else {
            throw .invalidOption(
                name: repetitions < 1 ? "repetitions" : "threads", value: "\(min(repetitions, threads))",
                expected: "1 or more")
        }
        let features = set.features
        var rows: [Double] = []
        rows.reserveCapacity(set.rows * features)
        for row in 0..<set.rows {
            for column in set.table.columns { rows.append(column[row]) }
        }
        let (values, unchanged) = (rows, try loss(rows, set.labels))
        let rises = try await boundedMap(features, limit: threads) { feature in
            var stream = RandomStream(seed: seed, tree: feature)
            var changed = values
            return (0..<repetitions).map { _ in
                // Fisher and Yates' shuffle, of one column.
                for row in stride(from: set.rows - 1, to: 0, by: -1) {
                    changed.swapAt(row * features + feature, stream.next(below: row + 1) * features + feature)
                }
                // The values are those of a checked set, so no forecast is refused.
                return ((try? loss(changed, set.labels)) ?? .nan) - unchanged
            }
        }
        return zip(featureNames, rises).map { name, rises in
            let mean = rises.reduce(0, +) / Double(rises.count)
            let squares = rises.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return PermutationImportance(
                feature: name, mean: mean, standardDeviation: (squares / Double(max(1, rises.count - 1))).squareRoot(),
                rows: set.rows)
        }
    }

    private func loss(_ rows: [Double], _ labels: [Int]) throws(ForestError) -> Double {
        let probabilities = try probabilities(ofRows: rows)
        var sum = 0.0
        for (row, label) in labels.enumerated() { sum -= log(max(1e-15, probabilities[row * classes + label])) }
        return sum / Double(labels.count)
    }
}
