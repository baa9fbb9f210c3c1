import Glibc

/// The two-sample Cramér-von Mises test: the squared distance of two distribution functions over the pooled sample.
public enum CramerVonMises {
    /// Tests whether two samples come from one distribution, by the limiting distribution.
    ///
    /// Source: Anderson, "On the distribution of the two-sample Cramér-von Mises criterion", 1962; equal values have
    /// their middle rank.
    public static func test(reference: SortedSample, current: SortedSample) -> TwoSampleResult {
        test(reference: reference, current: current, leastTerm: 1e-18)
    }

    static func test(reference: SortedSample, current: SortedSample, leastTerm: Double) -> TwoSampleResult {
        let (a, b) = (reference.values, current.values)
        let (m, n) = (Double(a.count), Double(b.count))
        var (i, j, u) = (0, 0, 0.0)
        while i < a.count || j < b.count {
            let value = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
            let (firstI, firstJ) = (i, j)
            while i < a.count, a[i] == value { i += 1 }
            while j < b.count, b[j] == value { j += 1 }
            let rank = Double(firstI + firstJ + i + j + 1) / 2
            for place in firstI..<i { u += m * (rank - Double(place + 1)) * (rank - Double(place + 1)) }
            for place in firstJ..<j { u += n * (rank - Double(place + 1)) * (rank - Double(place + 1)) }
        }
        let (product, all) = (m * n, m + n)
        let statistic = u / (product * all) - (4 * product - 1) / (6 * all)
        let mean = (1 + 1 / all) / 6
        let variance =
            (all + 1) * (4 * product * all - 3 * (m * m + n * n) - 2 * product) / (45 * all * all * 4 * product)
        let standard = 1 / 6.0 + (statistic - mean) / (45 * variance).squareRoot()
        return TwoSampleResult(
            statistic: statistic, pValue: survival(standard, leastTerm: leastTerm), referenceCount: a.count,
            currentCount: b.count)
    }

    /// The probability that the limiting variable exceeds `x`.
    ///
    /// Source: Csörgő and Faraway, "The exact and asymptotic distributions of Cramér-von Mises statistics", 1996,
    /// equation 1.2.
    public static func survival(_ x: Double) -> Double { survival(x, leastTerm: 1e-18) }

    private static func survival(_ x: Double, leastTerm: Double) -> Double {
        // Below, the distribution function is less than 1e-17.
        guard x >= 0.003 else { return 1 }
        var (below, ratio) = (0.0, Double.pi.squareRoot())
        for k in 0..<200 {
            let order = Double(4 * k + 1)
            let q = order * order / (16 * x)
            let term = ratio / (pow(Double.pi, 1.5) * x.squareRoot()) * order.squareRoot() * scaledBessel(q)
            below += term
            // Gamma(k + 1/2) / k!, from one k to the next.
            ratio *= (Double(k) + 0.5) / Double(k + 1)
            if term < leastTerm { break }
        }
        return max(0, 1 - below)
    }

    /// exp(-q) K_1/4(q), by the trapezoidal rule on K's integral over cosh (DLMF 10.32.9), which converges at once.
    private static func scaledBessel(_ q: Double) -> Double {
        let step = 1 / 16.0
        var sum = exp(-2 * q) / 2
        for i in 1..<1000 {
            let t = Double(i) * step
            let term = exp(-q * (1 + cosh(t))) * cosh(t / 4)
            sum += term
            if term < sum * 1e-18 { break }
        }
        return sum * step
    }
}
