/// The 15 columns of the seed system, of which 12 are only known after the match: a benchmark, never a forecast.
///
/// Nothing that serves has a way to these columns: a fixture has no result, and this takes a match.
public enum SeedColumns {
    /// The seed's names of the columns.
    public static let names = [
        "B365H", "B365D", "B365A", "HS", "AS", "HST", "AST", "HC", "AC", "HF", "AF", "HY", "AY", "HR", "AR",
    ]

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
