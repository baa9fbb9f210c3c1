import Glibc

/// What stands in for the share of an empty bin, where a logarithm would be infinite.
public enum Smoothing: Sendable, Hashable {
    /// Half a value is added to every bin of both samples.
    case half
    /// The share of an empty bin alone is replaced.
    case floor(Double)
    /// The share of an empty bin alone is replaced by 0.0001, or by a millionth of the least share if that is no more.
    case evidently

    fileprivate func shares(_ counts: [Int]) -> [Double] {
        let total = Double(counts.reduce(0, +))
        switch self {
        case .half: return counts.map { (Double($0) + 0.5) / (total + 0.5 * Double(counts.count)) }
        case .floor(let least): return counts.map { $0 == 0 ? least : Double($0) / total }
        case .evidently:
            let least = Double(counts.filter { $0 > 0 }.min() ?? 0) / total
            return Smoothing.floor(least <= 0.0001 ? least / 1e6 : 0.0001).shares(counts)
        }
    }
}

/// Measures of how far apart two samples' shares by bin are.
public enum Divergences {
    /// The population stability index: the sum of (p - q) ln(p / q).
    public static func populationStability(_ counts: BinCounts, smoothing: Smoothing = .half) -> Double {
        zip(smoothing.shares(counts.reference), smoothing.shares(counts.current)).reduce(0) { sum, pair in
            sum + (pair.0 - pair.1) * log(pair.0 / pair.1)
        }
    }

    /// The Jensen-Shannon divergence in nats, 0 to ln 2, of the shares as they are.
    public static func jensenShannon(_ counts: BinCounts) -> Double {
        let (m, n) = counts.sizes
        var sum = 0.0
        for (a, b) in zip(counts.reference, counts.current) {
            let (p, q) = (Double(a) / Double(m), Double(b) / Double(n))
            let middle = (p + q) / 2
            if a > 0 { sum += p * log(p / middle) }
            if b > 0 { sum += q * log(q / middle) }
        }
        return max(0, sum / 2)
    }

    /// The Kullback-Leibler divergence of the reference's shares from the current ones, in nats.
    ///
    /// Shares that were smoothed are made to sum to 1 again, as scipy's `entropy` does.
    public static func kullbackLeibler(_ counts: BinCounts, smoothing: Smoothing = .half) -> Double {
        let (p, q) = (smoothing.shares(counts.reference), smoothing.shares(counts.current))
        let (one, other) = (p.reduce(0, +), q.reduce(0, +))
        return zip(p, q).reduce(0) { $0 + $1.0 / one * log($1.0 / one / ($1.1 / other)) }
    }

    /// The Hellinger distance, 0 to 1, of the shares as they are.
    public static func hellinger(_ counts: BinCounts) -> Double {
        let (m, n) = counts.sizes
        let overlap = zip(counts.reference, counts.current).reduce(0.0) {
            $0 + (Double($1.0) / Double(m) * (Double($1.1) / Double(n))).squareRoot()
        }
        return (1 - min(1, overlap)).squareRoot()
    }

    /// The total variation distance, 0 to 1: half the sum of the shares' differences.
    public static func totalVariation(_ counts: BinCounts) -> Double {
        let (m, n) = counts.sizes
        return zip(counts.reference, counts.current).reduce(0.0) {
            $0 + abs(Double($1.0) / Double(m) - Double($1.1) / Double(n))
        } / 2
    }
}

/// The population stability index as a test: by itself it grows with every bin and shrinks with every match.
public enum PopulationStability {
    /// The index with half a value added to every bin, and its p-value.
    ///
    /// Without drift, the index divided by 1/m + 1/n is near to a chi-squared variable with `bins - 1` degrees of
    /// freedom, of which the p-value is the tail. Source: Yurdakul and Naranjo, "Statistical properties of the
    /// population stability index", Journal of Risk Model Validation 14 (2020).
    public static func test(_ counts: BinCounts) -> TwoSampleResult {
        let (m, n) = counts.sizes
        let index = Divergences.populationStability(counts)
        let pValue =
            counts.reference.count < 2
            ? 1
            : Distributions.chiSquaredSurvival(
                index / (1 / Double(m) + 1 / Double(n)), degreesOfFreedom: Double(counts.reference.count - 1))
        return TwoSampleResult(statistic: index, pValue: pValue, referenceCount: m, currentCount: n)
    }

    /// The index that is exceeded with probability `significance` where nothing drifted.
    public static func threshold(bins: Int, _ m: Int, _ n: Int, significance: Double) -> Double {
        guard bins > 1 else { return .infinity }
        return Distributions.chiSquaredQuantile(tail: significance, degreesOfFreedom: Double(bins - 1))
            * (1 / Double(m) + 1 / Double(n))
    }
}
