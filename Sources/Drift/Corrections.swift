/// How p-values are corrected for their number.
public enum Correction: String, Sendable, Hashable, CaseIterable {
    /// Keeps the probability of any false rejection at the level; see ``holm(_:)``.
    case holm
    /// Keeps the expected share of false rejections among all at the level; see ``benjaminiHochberg(_:)``.
    case benjaminiHochberg = "benjamini_hochberg"

    /// The corrected p-values, in the given order.
    public func adjusted(_ pValues: [Double]) -> [Double] {
        switch self {
        case .holm: Drift.holm(pValues)
        case .benjaminiHochberg: Drift.benjaminiHochberg(pValues)
        }
    }
}

/// Adjusts p-values for their number, so that rejecting those of at most alpha keeps the probability of any false
/// rejection at alpha or below, however the tests depend on one another.
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
///
/// - Parameter pValues: P-values from 0 to 1, in any order; NaN counts as 1.
/// - Returns: The adjusted p-values, each at most 1, in the given order.
public func holm(_ pValues: [Double]) -> [Double] {
    let known = pValues.map { $0.isNaN ? 1 : $0 }
    var adjusted = known
    var largest = 0.0
    for (rank, index) in known.indices.sorted(by: { known[$0] < known[$1] }).enumerated() {
        largest = max(largest, min(1, known[index] * Double(known.count - rank)))
        adjusted[index] = largest
    }
    return adjusted
}

/// Adjusts p-values for their number, so that among those of at most alpha the expected share of false rejections is
/// alpha or below, for tests that are independent or depend positively on one another.
///
/// Source: Benjamini and Hochberg, "Controlling the false discovery rate", 1995.
///
/// - Parameter pValues: P-values from 0 to 1, in any order; NaN counts as 1.
/// - Returns: The adjusted p-values, each at most 1, in the given order.
public func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let known = pValues.map { $0.isNaN ? 1 : $0 }
    var adjusted = known
    var least = 1.0
    for (rank, index) in known.indices.sorted(by: { known[$0] > known[$1] }).enumerated() {
        least = min(least, known[index] * Double(known.count) / Double(known.count - rank))
        adjusted[index] = least
    }
    return adjusted
}
