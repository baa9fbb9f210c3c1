/// Intervals of mean scores by drawing days again, since matches of one day share what made them hard to forecast.
public struct Bootstrap: Sendable {
    private let days: [(sum: Double, count: Int)]

    /// Makes a bootstrap of one value for each match.
    public init(_ values: [(day: Day, value: Double)]) {
        var sums: [Day: (sum: Double, count: Int)] = [:]
        for (day, value) in values {
            let sum = sums[day] ?? (0, 0)
            sums[day] = (sum.sum + value, sum.count + 1)
        }
        days = sums.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The 95 % interval of the mean; nil for fewer than two days.
    ///
    /// - Parameters:
    ///   - draws: How often as many days are drawn with replacement.
    ///   - seed: Where the draws come from; equal seeds give equal intervals.
    /// - Returns: The 2.5 % and 97.5 % quantiles of the drawn means.
    public func interval(draws: Int = 10_000, seed: UInt64 = 0) -> Interval? {
        guard days.count > 1, draws > 1 else { return nil }
        var random = SplitMix(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(draws)
        for _ in 0..<draws {
            var (sum, count) = (0.0, 0)
            for _ in days.indices {
                let day = days[random.below(days.count)]
                sum += day.sum
                count += day.count
            }
            means.append(sum / Double(count))
        }
        means.sort()
        return Interval(lower: means[draws * 25 / 1_000], upper: means[draws * 975 / 1_000])
    }
}
