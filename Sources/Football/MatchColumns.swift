/// What is measured of one match by itself, as numbers that two samples of matches can be compared on.
///
/// Matches are near enough to independent in these columns; rolling features are not.
public enum MatchColumns {
    /// The columns, in the order of ``values(of:)``.
    public static let names: [String] =
        ["implied_home", "implied_draw", "implied_away", "overround", "home_goals", "away_goals"]
        + Statistic.allCases.flatMap { ["home_\($0.rawValue)", "away_\($0.rawValue)"] }

    /// The columns' values; NaN where the feed did not have one.
    ///
    /// - Parameter match: A finished match.
    /// - Returns: As many values as ``names`` has.
    public static func values(of match: Match) -> [Double] {
        let odds = match.fixture.marketOdds
        let implied = odds?.impliedProbabilities
        let goals = match.result.goals
        var values = [implied?.home, implied?.draw, implied?.away, odds?.overround].map { $0 ?? .nan }
        values += [Double(goals.home), Double(goals.away)]
        for statistic in Statistic.allCases {
            let sides = match.result.statistics[statistic]
            values += [sides.map { Double($0.home) } ?? .nan, sides.map { Double($0.away) } ?? .nan]
        }
        return values
    }
}
