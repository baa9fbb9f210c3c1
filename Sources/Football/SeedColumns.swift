/// The 15 columns of the seed system, of which 12 are only known after the match: a benchmark, never a forecast.
///
/// Nothing that serves has a way to these columns: a fixture has no result, and this takes a match.
public enum SeedColumns {
    /// The seed's names of the columns.
    public static let names = [
        "B365H", "B365D", "B365A", "HS", "AS", "HST", "AST", "HC", "AC", "HF", "AF", "HY", "AY", "HR", "AR",
    ]

    /// The whole numbers among which the seed's serving path drew the columns after the odds, each as likely as the next:
    /// they are not known before a match, and it served all the same.
    public static let drawn: [ClosedRange<Int>] = [
        8...20, 6...18, 3...8, 2...7, 3...12, 2...10, 8...16, 8...16, 0...4, 0...4, 0...1, 0...1,
    ]

    /// The columns that the seed's serving path gave its forest: the odds, and numbers drawn for the rest.
    public static func served(_ odds: Odds, _ draws: inout SplitMix) -> [Double] {
        var values = [odds.home, odds.draw, odds.away]
        for range in drawn { values.append(Double(range.lowerBound + draws.below(range.count))) }
        return values
    }

    /// The columns of a match that is over; NaN where unknown.
    public static func values(of match: Match) -> [Double] {
        let odds = match.fixture.odds[Quote(.bet365)]
        return [odds?.home ?? .nan, odds?.draw ?? .nan, odds?.away ?? .nan]
            + Statistic.allCases.flatMap { statistic -> [Double] in
                let counts = match.result.statistics[statistic]
                return [counts.map { Double($0.home) } ?? .nan, counts.map { Double($0.away) } ?? .nan]
            }
    }
}
