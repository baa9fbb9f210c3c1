import FoundationEssentials

/// Columns that arrive and fail together; the raw value is a metric label.
public enum ColumnGroup: String, CaseIterable, Sendable {
    /// Full-time goals.
    case goals
    /// Half-time goals.
    case halfTime = "half_time"
    /// Shots, corners, fouls and cards.
    case statistics
    /// Odds collected before the match.
    case odds
    /// The last odds before kick-off.
    case closingOdds = "closing_odds"
    /// The time of the kick-off.
    case kickOff = "kick_off"

    /// A match's values in the group's columns; nil if the group is missing.
    func values(of match: Match) -> [Double]? {
        switch self {
        case .goals: return [Double(match.result.goals.home), Double(match.result.goals.away)]
        case .halfTime: return match.result.halfTimeGoals.map { [Double($0.home), Double($0.away)] }
        case .statistics:
            let sides = Statistic.allCases.compactMap { match.result.statistics[$0] }
            guard sides.count == Statistic.allCases.count else { return nil }
            return sides.flatMap { [Double($0.home), Double($0.away)] }
        case .odds: return match.fixture.marketOdds.map(ColumnGroup.probabilities)
        case .closingOdds:
            return Bookmaker.allCases.lazy.compactMap { match.fixture.odds[Quote($0, closing: true)] }.first
                .map(ColumnGroup.probabilities)
        case .kickOff:
            let fixture = match.fixture
            return fixture.kickOff.map { [$0.timeIntervalSince(fixture.day.start) / 3600] }
        }
    }

    /// Odds as inverses, in which a long shot's tail is short.
    private static func probabilities(_ odds: Odds) -> [Double] { [1 / odds.home, 1 / odds.draw, 1 / odds.away] }
}

/// How good the values of a column group are in the newest matches.
public struct GroupQuality: Hashable, Sendable {
    /// The group.
    public let group: ColumnGroup
    /// The matches that were looked at.
    public let matches: Int
    /// Share of the matches that lack the group, 0 to 1.
    public let missing: Double
    /// Share of the values far outside what the same column held before, 0 to 1; nil without enough history.
    public let outliers: Double?
    /// Share of the matches whose whole group repeats another's; 0 for groups so small that it means nothing.
    public let duplicates: Double

    /// Whether the group is to be expected: most of the matches before had it, or the first of these has.
    public let isExpected: Bool

    /// The product of what is left of each part, 0 to 1; nil for a group that the feed does not bring.
    public var score: Double? {
        isExpected ? (1 - missing) * (1 - (outliers ?? 0)) * (1 - duplicates) : nil
    }
}

/// Measures the quality of the newest matches against those before them.
public struct DataQuality: Sendable {
    /// How many robust standard deviations from the median make an outlier.
    public static let outlierDistance = 8.0
    /// The fewest earlier values for a judgement on outliers.
    public static let minimumHistory = 190

    /// Each group's quality, in the order of the groups.
    public let groups: [GroupQuality]

    /// Measures.
    ///
    /// Outliers are judged by the median and the median absolute deviation of the column's earlier values; where that
    /// deviation is 0, as for red cards, by the standard deviation.
    ///
    /// Source: B. Iglewicz and D. Hoaglin, "How to Detect and Handle Outliers", ASQC (1993).
    ///
    /// - Parameters:
    ///   - newest: The matches to judge.
    ///   - earlier: The matches before them.
    public init(newest: [Match], earlier: [Match]) {
        groups = ColumnGroup.allCases.map { group in
            let rows = newest.compactMap(group.values)
            let before = earlier.compactMap(group.values)
            var outliers: Double?
            if before.count >= DataQuality.minimumHistory, let width = rows.first?.count {
                let far = (0..<width).reduce(0) { sum, column in
                    let scale = RobustScale(before.map { $0[column] })
                    return sum + rows.count { scale.distance($0[column]) > DataQuality.outlierDistance }
                }
                outliers = Double(far) / Double(rows.count * width)
            }
            let isExpected = 2 * before.count > earlier.count || newest.first.flatMap(group.values) != nil
            let repeated = (rows.first?.count ?? 0) >= 6 ? rows.count - Set(rows).count : 0
            let count = max(1, Double(newest.count))
            return GroupQuality(
                group: group, matches: newest.count, missing: 1 - Double(rows.count) / count, outliers: outliers,
                duplicates: Double(repeated) / count, isExpected: isExpected)
        }
    }
}

/// The middle of a sample and how far its values lie from it, neither of which a few wild values can move.
struct RobustScale {
    private let median: Double
    private let deviation: Double

    init(_ values: [Double]) {
        median = RobustScale.median(values)
        let distances = values.map { [median] in abs($0 - median) }
        let robust = 1.4826 * RobustScale.median(distances)
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count))
        deviation = robust > 0 ? robust : variance.squareRoot()
    }

    /// How many deviations a value lies from the median; a constant column calls any other value infinitely far.
    func distance(_ value: Double) -> Double {
        value == median ? 0 : abs(value - median) / deviation
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
