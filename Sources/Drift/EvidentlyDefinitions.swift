/// The definitions that the library Evidently 0.7 has by default, for those who want to compare.
///
/// They are selectable, not used: at a league's sample sizes its thresholds of 0.1 fire on samples that do not differ.
public enum EvidentlyDefinitions {
    /// A column's values of all its measures.
    public struct Values: Sendable, Hashable {
        /// The population stability index.
        public let populationStability: Double
        /// The Jensen-Shannon distance: the root of the divergence in nats.
        public let jensenShannon: Double
        /// The Kullback-Leibler divergence.
        public let kullbackLeibler: Double
        /// The Hellinger distance.
        public let hellinger: Double
        /// The p-value of the Kolmogorov-Smirnov test; nil for categories.
        public let kolmogorovSmirnov: Double?
        /// The Wasserstein distance in the reference's standard deviations; nil for categories.
        public let wasserstein: Double?
        /// The energy distance; nil for categories.
        public let energy: Double?
        /// The p-value of the Cramér-von Mises test; nil for categories.
        public let cramerVonMises: Double?
        /// The p-value of the chi-squared test of the current shares against the reference's; nil for numbers.
        public let chiSquared: Double?
    }

    /// Compares a column of numbers: in Sturges' bins if the reference has more than 20 different values, else by value.
    public static func numbers(reference: SortedSample, current: SortedSample) -> Values {
        let categories = BinCounts(categoriesOf: reference, current)
        let (low, high) = (
            min(reference.values[0], current.values[0]),
            max(reference.values[reference.count - 1], current.values[current.count - 1])
        )
        let counts =
            different(reference) > 20
            ? BinCounts(
                Bins(sturges: low, high, count: reference.count + current.count), reference: reference,
                current: current,
                keepingEmpty: true) : categories
        let narrow = BinCounts(
            Bins(sturges: low, high, count: categories.reference.count), reference: reference, current: current)
        return Values(
            populationStability: Divergences.populationStability(counts, smoothing: .evidently),
            jensenShannon: Divergences.jensenShannon(counts).squareRoot(),
            kullbackLeibler: Divergences.kullbackLeibler(counts, smoothing: .evidently),
            hellinger: Divergences.hellinger(narrow),
            kolmogorovSmirnov: KolmogorovSmirnov.test(reference: reference, current: current).pValue,
            wasserstein: Wasserstein.normed(reference, current),
            energy: EnergyDistance.distance(reference, current),
            // scipy ends the series early, which shows in p-values as small as that.
            cramerVonMises: CramerVonMises.test(reference: reference, current: current, leastTerm: 1e-7).pValue,
            chiSquared: nil)
    }

    /// Compares a column of categories, each written as a number.
    public static func categories(reference: SortedSample, current: SortedSample) -> Values {
        let counts = BinCounts(categoriesOf: reference, current)
        return Values(
            populationStability: Divergences.populationStability(counts, smoothing: .evidently),
            jensenShannon: Divergences.jensenShannon(counts).squareRoot(),
            kullbackLeibler: Divergences.kullbackLeibler(counts, smoothing: .evidently),
            hellinger: Divergences.hellinger(counts),
            kolmogorovSmirnov: nil, wasserstein: nil, energy: nil, cramerVonMises: nil,
            chiSquared: ChiSquared.fit(counts).pValue)
    }

    private static func different(_ sample: SortedSample) -> Int {
        1 + zip(sample.values, sample.values.dropFirst()).count { $0 != $1 }
    }
}
