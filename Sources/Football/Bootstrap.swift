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
        var state = seed
        var means: [Double] = []
        means.reserveCapacity(draws)
        for _ in 0..<draws {
            var (sum, count) = (0.0, 0)
            for _ in days.indices {
                let day = days[Bootstrap.next(&state, below: days.count)]
                sum += day.sum
                count += day.count
            }
            means.append(sum / Double(count))
        }
        means.sort()
        return Interval(lower: means[draws * 25 / 1_000], upper: means[draws * 975 / 1_000])
    }

    /// SplitMix64 (Steele, Lea and Flood 2014), reduced to a range by Lemire's multiplication.
    static func next(_ state: inout UInt64, below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(limit)).high)
    }
}
