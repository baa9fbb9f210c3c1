/// A way to measure how far two samples of a feature are apart.
public enum DriftMeasure: String, Sendable, Hashable, CaseIterable, Codable {
    /// The largest distance of the distribution functions; see ``KolmogorovSmirnov``.
    case kolmogorovSmirnov = "kolmogorov_smirnov"
    /// Pearson's statistic on bins of equal shares of the reference, or on categories; see ``ChiSquared``.
    case chiSquared = "chi_squared"
    /// The population stability index on the same bins; see ``PopulationStability``.
    case populationStability = "psi"
    /// The Jensen-Shannon divergence in nats on the same bins.
    case jensenShannon = "jensen_shannon"
    /// The Wasserstein distance in standard deviations of the reference; see ``Wasserstein``.
    case wasserstein
    /// The shift of the mean in standard deviations of the reference, and Student's test of it.
    case mean
}

/// What a measure read.
public struct Reading: Sendable, Hashable, Codable {
    /// The measure.
    public let measure: DriftMeasure
    /// Its value, in the measure's own unit.
    public let statistic: Double
    /// The value that is exceeded with the probability asked for where nothing drifted; nil where it is not known.
    public let threshold: Double?
    /// Probability of such a value, or a more extreme one, where nothing drifted; nil where it is not known.
    public let pValue: Double?

    /// Makes a reading.
    public init(measure: DriftMeasure, statistic: Double, threshold: Double? = nil, pValue: Double? = nil) {
        self.measure = measure
        self.statistic = statistic
        self.threshold = threshold
        self.pValue = pValue
    }

    /// Reads every measure that means something for a kind of feature, in the order of ``DriftMeasure``.
    ///
    /// - Parameters:
    ///   - reference: The values to compare with.
    ///   - current: The values to judge.
    ///   - kind: How the values are to be read.
    ///   - measures: Which measures to take; one that means nothing for the kind is left out.
    ///   - bins: How many bins of equal shares the reference is dealt into.
    ///   - level: The probability that the thresholds stand for.
    /// - Returns: The readings.
    public static func all(
        _ reference: SortedSample, _ current: SortedSample, kind: FeatureKind = .numbers,
        measures: [DriftMeasure] = DriftMeasure.allCases, bins: Int = 10, level: Double
    ) -> [Reading] {
        let bench = Bench(reference, current, kind: kind, measures, bins: bins, level: level)
        return DriftMeasure.allCases.filter(measures.contains).compactMap(bench.reading)
    }
}
