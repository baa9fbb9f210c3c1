/// What a comparison came to.
public enum DriftState: String, Sendable, Hashable, CaseIterable, Codable {
    /// No difference was shown at the significance asked for.
    case ok
    /// The samples differ.
    case drifted
    /// A sample is too small to tell.
    case insufficientData = "insufficient_data"
}

/// How a feature's values are to be read.
public enum FeatureKind: Sendable, Hashable {
    /// Numbers that lie on a line.
    case numbers
    /// Numbers offered in few steps, the places of which change with a bookmaker's habits: their mean alone decides.
    case prices
    /// Categories, each written as a number.
    case categories
}

/// The comparison of one feature between two samples.
public struct FeatureDrift: Sendable, Hashable, Codable {
    /// The feature's name.
    public let name: String
    /// What the comparison came to.
    public let state: DriftState
    /// Every measure of the difference, in the order of ``DriftMeasure``; empty where there was too little data.
    public let readings: [Reading]
    /// The p-value of the measures that decide, corrected for their number; nil where there was no test.
    public let pValue: Double?
    /// That p-value after the correction for the number of features tested; nil where there was no test.
    public let adjustedPValue: Double?
    /// Number of reference rows that have a value of this feature.
    public let referenceCount: Int
    /// Number of current rows that have a value of this feature.
    public let currentCount: Int

    /// Makes a comparison.
    public init(
        name: String, state: DriftState, readings: [Reading], pValue: Double?, adjustedPValue: Double?,
        referenceCount: Int, currentCount: Int
    ) {
        self.name = name
        self.state = state
        self.readings = readings
        self.pValue = pValue
        self.adjustedPValue = adjustedPValue
        self.referenceCount = referenceCount
        self.currentCount = currentCount
    }

    /// One measure's reading, if it was taken.
    public subscript(measure: DriftMeasure) -> Reading? { readings.first { $0.measure == measure } }
}

/// What is asked of a comparison of features.
public struct ComparisonRule: Sendable, Hashable {
    /// The accepted probability, over all features together, of calling a feature drifted that is not.
    public var significance: Double
    /// Fewest values in each of the samples; a feature with fewer is not tested.
    public var minimumSample: Int
    /// How p-values are corrected for the number of features.
    public var correction: Correction
    /// The measures whose p-values decide on numbers, each feature by the least of them.
    public var deciding: [DriftMeasure]
    /// The measures that are taken; those that decide always are.
    public var measures: [DriftMeasure]
    /// How many bins of equal shares the reference is dealt into: the fewer, the easier a shift shows.
    public var bins = 5

    /// Makes a rule; by default chi-squared on the reference's bins decides, corrected by Holm's method.
    public init(
        significance: Double, minimumSample: Int, correction: Correction = .holm,
        deciding: [DriftMeasure] = [.chiSquared], measures: [DriftMeasure] = DriftMeasure.allCases
    ) {
        self.significance = significance
        self.minimumSample = minimumSample
        self.correction = correction
        self.deciding = deciding
        self.measures = measures
    }

    /// The measures that decide on a kind of feature.
    func deciding(_ kind: FeatureKind) -> [DriftMeasure] {
        switch kind {
        case .numbers: deciding
        case .prices: [.mean]
        case .categories: [.chiSquared]
        }
    }
}

/// Compares each feature's distribution in two sets of columns.
///
/// - Parameters:
///   - names: The features' names.
///   - kinds: How each feature's values are to be read; numbers where there are fewer kinds than names.
///   - reference: The columns to compare with, one a feature. NaN stands for a missing value, which is left out.
///   - current: The columns to judge, in the same form.
///   - rule: What is asked.
/// - Returns: One comparison for each name, in the given order.
public func compareFeatures(
    names: [String], kinds: [FeatureKind] = [], reference: [[Double]], current: [[Double]], rule: ComparisonRule
) -> [FeatureDrift] {
    let level = rule.significance / Double(max(1, names.count * rule.deciding.count))
    let kinds = names.indices.map { $0 < kinds.count ? kinds[$0] : .numbers }
    let pairs = names.indices.map { SamplePair(reference: reference[$0], current: current[$0], rule.minimumSample) }
    let readings = names.indices.map { feature -> [Reading] in
        guard let (reference, current) = pairs[feature].samples else { return [] }
        return Reading.all(
            reference, current, kind: kinds[feature], measures: rule.measures + rule.deciding(kinds[feature]),
            bins: rule.bins, level: level)
    }
    let pValues = names.indices.map { feature -> Double? in
        let measures = rule.deciding(kinds[feature])
        let deciding = readings[feature].filter { measures.contains($0.measure) }.compactMap(\.pValue)
        return deciding.min().map { min(1, $0 * Double(deciding.count)) }
    }
    let tested = pValues.indices.filter { pValues[$0] != nil }
    let adjusted = Dictionary(
        uniqueKeysWithValues: zip(tested, rule.correction.adjusted(tested.compactMap { pValues[$0] })))
    return names.indices.map { feature in
        FeatureDrift(
            name: names[feature],
            state: adjusted[feature].map { $0 <= rule.significance ? .drifted : .ok } ?? .insufficientData,
            readings: readings[feature], pValue: pValues[feature], adjustedPValue: adjusted[feature],
            referenceCount: pairs[feature].referenceCount, currentCount: pairs[feature].currentCount)
    }
}

/// One feature's values in both samples.
private struct SamplePair {
    /// Both in order; nil where one is too small.
    let samples: (reference: SortedSample, current: SortedSample)?
    let referenceCount: Int
    let currentCount: Int

    init(reference: [Double], current: [Double], _ minimum: Int) {
        let (before, now) = (SamplePair.known(reference), SamplePair.known(current))
        (referenceCount, currentCount) = (before.count, now.count)
        guard min(before.count, now.count) >= minimum, let first = try? SortedSample(before, name: "reference"),
            let second = try? SortedSample(now, name: "current")
        else {
            samples = nil
            return
        }
        samples = (first, second)
    }

    private static func known(_ column: [Double]) -> [Double] {
        column.contains(where: \.isNaN) ? column.filter { !$0.isNaN } : column
    }
}
