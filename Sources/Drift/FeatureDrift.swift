/// What a comparison came to.
public enum DriftState: String, Sendable, Hashable, CaseIterable {
    /// No difference was shown at the significance asked for.
    case ok
    /// The samples differ.
    case drifted
    /// A sample is too small to tell.
    case insufficientData = "insufficient_data"
}

/// The comparison of one feature between two samples.
public struct FeatureDrift: Sendable, Hashable {
    /// The feature's name.
    public let name: String
    /// What the comparison came to.
    public let state: DriftState
    /// The test's result; nil where there was too little data for a test.
    public let result: TwoSampleResult?
    /// The p-value after the correction for the number of features tested; nil where there was no test.
    public let adjustedPValue: Double?
    /// Number of reference rows that have a value of this feature.
    public let referenceCount: Int
    /// Number of current rows that have a value of this feature.
    public let currentCount: Int
}

/// Compares each feature's distribution in two sets of rows with a Kolmogorov-Smirnov test, corrected by Holm's method.
///
/// - Parameters:
///   - names: The features' names, in the order of the columns.
///   - reference: The rows to compare with. NaN stands for a missing value, as does a row's end before the last column;
///     missing values are left out of their feature alone.
///   - current: The rows to judge, in the same form.
///   - significance: The accepted probability, over all features together, of calling a feature drifted that is not.
///   - minimumSample: Fewest values in each of the samples; a feature with fewer is not tested.
/// - Returns: One comparison for each name, in the given order.
public func compareFeatures(
    names: [String], reference: [[Double]], current: [[Double]], significance: Double, minimumSample: Int
) -> [FeatureDrift] {
    let samples = names.indices.map { (values(of: $0, in: reference), values(of: $0, in: current)) }
    let results = samples.map { reference, current in
        min(reference.count, current.count) >= minimumSample
            ? try? KolmogorovSmirnov.test(reference: reference, current: current) : nil
    }
    let tested = results.indices.filter { results[$0] != nil }
    let adjusted = holm(tested.compactMap { results[$0]?.pValue })
    let adjustedByFeature = Dictionary(uniqueKeysWithValues: zip(tested, adjusted))
    return names.indices.map { feature in
        let adjustedPValue = adjustedByFeature[feature]
        return FeatureDrift(
            name: names[feature],
            state: adjustedPValue.map { $0 <= significance ? .drifted : .ok } ?? .insufficientData,
            result: results[feature],
            adjustedPValue: adjustedPValue,
            referenceCount: samples[feature].0.count,
            currentCount: samples[feature].1.count)
    }
}

private func values(of feature: Int, in rows: [[Double]]) -> [Double] {
    rows.compactMap { row in
        guard feature < row.count, !row[feature].isNaN else { return nil }
        return row[feature]
    }
}
