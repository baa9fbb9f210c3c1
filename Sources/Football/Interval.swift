/// A two-sided 95 % confidence interval.
public struct Interval: Hashable, Sendable {
    /// Its lower end.
    public let lower: Double
    /// Its upper end.
    public let upper: Double

    /// Makes an interval from its ends.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// The standard normal distribution's 97.5 % quantile.
    static let quantile = 1.959963984540054

    /// The Wilson score interval of a proportion; nil without trials.
    ///
    /// Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    init?(successes: Int, of trials: Int) {
        guard trials > 0 else { return nil }
        let count = Double(trials)
        let share = Double(successes) / count
        let square = Interval.quantile * Interval.quantile
        let centre = (share + square / (2 * count)) / (1 + square / count)
        let spread = (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
        let half = Interval.quantile * spread / (1 + square / count)
        self.init(lower: max(0, centre - half), upper: min(1, centre + half))
    }

    /// The normal interval of the mean of independent values; nil for fewer than two, whose spread is unknown.
    init?(meanOf values: [Double]) {
        guard values.count > 1 else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let half = Interval.quantile * (variance / count).squareRoot()
        self.init(lower: mean - half, upper: mean + half)
    }
}
