internal import Drift

/// The rule by which a window of matches is compared with the reference before it.
struct DriftRule: Sendable {
    let settings: Settings.Drift

    /// The places of the newest matches before `end`, and of those that they are compared with.
    ///
    /// The reference ends where the window begins, or before if the champion was trained on fewer matches than that.
    func places(before end: Int, trainedOn trained: Int = .max) -> (reference: Range<Int>, current: Range<Int>) {
        let start = max(0, end - settings.windowMatches)
        let last = min(start, max(0, trained))
        return (max(0, last - settings.referenceMatches)..<last, start..<end)
    }

    /// Compares every feature.
    ///
    /// - Parameters:
    ///   - table: The matches.
    ///   - places: Which of them.
    ///   - forecasts: What else is judged with them: names, then the reference's and the current values of each.
    ///   - decidingOnly: Whether to leave out every measure that decides nothing.
    /// - Returns: One comparison a feature.
    func compare(
        _ table: DriftTable, _ places: (reference: Range<Int>, current: Range<Int>),
        forecasts: [(name: String, reference: [Double], current: [Double])] = [], decidingOnly: Bool = false
    ) -> [FeatureDrift] {
        compareFeatures(
            names: DriftTable.features.map(\.name) + forecasts.map(\.name),
            kinds: DriftTable.features.map(\.kind) + forecasts.map { _ in .prices },
            reference: table.values.map { Array($0[places.reference]) } + forecasts.map(\.reference),
            current: table.values.map { Array($0[places.current]) } + forecasts.map(\.current),
            rule: ComparisonRule(
                significance: settings.significanceLevel, minimumSample: settings.minimumMatches,
                correction: settings.correction, measures: decidingOnly ? [] : DriftMeasure.allCases))
    }

    /// Features that changed again after they were found changed.
    ///
    /// They go on differing from the matches before the first change until these have left the reference, so they are
    /// compared with what has been played since.
    ///
    /// - Parameters:
    ///   - table: The matches.
    ///   - places: For each feature the first match after it was found changed.
    /// - Returns: The names of those whose newest matches differ from the others since.
    func changedAgain(_ table: DriftTable, since places: [String: Int]) -> Set<String> {
        let features = DriftTable.features.indices.filter { places[DriftTable.features[$0].name] != nil }
        let halves = features.map { feature in
            let start = places[DriftTable.features[feature].name] ?? table.count
            let middle = table.count - min(settings.windowMatches, (table.count - start) / 2)
            return (reference: max(start, middle - settings.referenceMatches)..<middle, current: middle..<table.count)
        }
        let comparisons = compareFeatures(
            names: features.map { DriftTable.features[$0].name }, kinds: features.map { DriftTable.features[$0].kind },
            reference: zip(features, halves).map { Array(table.values[$0][$1.reference]) },
            current: zip(features, halves).map { Array(table.values[$0][$1.current]) },
            // As much a feature as where all are compared, so that a finding does not make the others' rate go up.
            rule: ComparisonRule(
                significance: settings.significanceLevel * Double(features.count) / Double(DriftTable.features.count),
                minimumSample: settings.minimumMatches, correction: settings.correction, measures: []))
        return Set(comparisons.filter { $0.state == .drifted }.map(\.name))
    }

    /// Judges the odds' margin over the fewest matches that a verdict may rest on: it hardly varies, so they suffice.
    func margin(_ table: DriftTable, before end: Int) -> MarginShift? {
        let start = max(0, end - settings.minimumMatches)
        let reference = table.margins[max(0, start - settings.referenceMatches)..<start].filter { !$0.isNaN }
        let current = table.margins[start..<end].filter { !$0.isNaN }
        guard min(reference.count, current.count) >= settings.minimumMatches,
            let before = try? SortedSample(reference, name: "reference"),
            let now = try? SortedSample(current, name: "current")
        else { return nil }
        let test = StudentTest.test(reference: before, current: now)
        let shift = now.mean - before.mean
        return MarginShift(
            shift: shift, pValue: test.pValue, matches: current.count,
            isDetected: abs(shift) >= settings.marginShift && test.pValue <= settings.significanceLevel)
    }
}

/// How far the odds' margin has moved from where it was.
///
/// It trends from season to season by tenths of a point, which any test finds; what matters is how far it went.
struct MarginShift: Sendable, Hashable {
    /// Mean of the newest matches less that of those before: 0.01 is one point of the overround.
    let shift: Double
    /// The p-value of Student's test.
    let pValue: Double
    /// How many of the newest matches it rests on.
    let matches: Int
    /// Whether it moved by the limit or more, and not by chance.
    let isDetected: Bool
}
