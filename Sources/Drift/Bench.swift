/// Two samples of one feature with what several measures share.
struct Bench {
    private let reference: SortedSample
    private let current: SortedSample
    private let kind: FeatureKind
    private let level: Double
    /// Nil where no measure needs it.
    private let gaps: DistributionGaps?
    private let counts: BinCounts
    private let deviation: Double
    private let scale: Double

    init(
        _ reference: SortedSample, _ current: SortedSample, kind: FeatureKind, _ measures: [DriftMeasure], bins: Int,
        level: Double
    ) {
        self.reference = reference
        self.current = current
        self.kind = kind
        self.level = level
        let isDrawn = kind != .categories && (measures.contains(.kolmogorovSmirnov) || measures.contains(.wasserstein))
        gaps = isDrawn ? DistributionGaps(reference, current) : nil
        counts =
            kind != .categories
            ? BinCounts(Bins(quantilesOf: reference, bins: bins), reference: reference, current: current)
            : BinCounts(categoriesOf: reference, current)
        deviation = max(reference.deviation, 0.001)
        scale = 1 / Double(reference.count) + 1 / Double(current.count)
    }

    /// What a measure reads; nil where it means nothing for categories.
    func reading(_ measure: DriftMeasure) -> Reading? {
        switch measure {
        case .chiSquared: return chiSquared()
        case .populationStability:
            let index = PopulationStability.test(counts)
            return Reading(
                measure: measure, statistic: index.statistic, threshold: bound(counts).map { $0 * scale },
                pValue: index.pValue)
        case .jensenShannon: return jensenShannon()
        case .kolmogorovSmirnov:
            guard let gaps else { return nil }
            let result = KolmogorovSmirnov.result(gaps, reference.count, current.count)
            return Reading(
                measure: measure, statistic: result.statistic,
                threshold: KolmogorovSmirnov.asymptoticThreshold(reference.count, current.count, significance: level),
                pValue: result.pValue)
        case .wasserstein: return gaps.map { Reading(measure: measure, statistic: $0.area / deviation) }
        case .mean:
            guard kind != .categories else { return nil }
            return Reading(
                measure: measure, statistic: (current.mean - reference.mean) / deviation,
                threshold: Distributions.normalQuantile(tail: level / 2) * scale.squareRoot(),
                pValue: StudentTest.test(reference: reference, current: current).pValue)
        }
    }

    /// On bins that expect at least five, below which the statistic's distribution is another.
    private func chiSquared() -> Reading {
        let merged = counts.merged(expecting: 5)
        let result = ChiSquared.homogeneity(merged)
        return Reading(
            measure: .chiSquared, statistic: result.statistic, threshold: bound(merged), pValue: result.pValue)
    }

    /// To second order the divergence is an eighth of the stability index.
    private func jensenShannon() -> Reading {
        let divergence = Divergences.jensenShannon(counts)
        let freedom = Double(counts.reference.count - 1)
        return Reading(
            measure: .jensenShannon, statistic: divergence, threshold: bound(counts).map { $0 * scale / 8 },
            pValue: freedom < 1
                ? 1 : Distributions.chiSquaredSurvival(8 * divergence / scale, degreesOfFreedom: freedom))
    }

    private func bound(_ counts: BinCounts) -> Double? {
        let freedom = Double(counts.reference.count - 1)
        return freedom < 1 ? nil : Distributions.chiSquaredQuantile(tail: level, degreesOfFreedom: freedom)
    }
}
