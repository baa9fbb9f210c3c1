/// A named choice of features that are all known before kick-off.
///
/// What a match itself left behind is no feature here and cannot become one: see ``SeedColumns`` for the benchmark that
/// uses it.
public enum FeatureSet: String, CaseIterable, Sendable {
    /// The served default: the market's opinion, ratings, strengths and form.
    case market
    /// The market's opinion alone.
    case odds
    /// What serves a fixture without odds: ratings from past odds, and strengths.
    case noOdds = "no-odds"
    /// Odds and each side's averages of the six statistics over its last 10 matches: the seed's columns made honest.
    case seed15

    /// The names of its features, all of ``LeagueBook/names``, in order.
    public var names: [String] {
        switch self {
        case .market: Array(LeagueBook.names.filter { !FeatureSet.leftOut.contains($0) })
        case .odds: ["market_home", "market_draw", "market_away", "market_log_ratio", "market_log_draw", "overround"]
        case .noOdds: ["market_elo_difference", "mixed_goals_home", "mixed_goals_away"]
        case .seed15:
            ["market_home", "market_draw", "market_away"]
                + Statistic.allCases.flatMap { ["\($0.rawValue)_home", "\($0.rawValue)_away"] }
        }
    }

    /// Where its features stand in a row of a ``LeagueBook``.
    public var columns: [Int] { FeatureSet.places[self] ?? [] }

    /// Its features, out of a row of a ``LeagueBook``.
    public func values(of row: [Double]) -> [Double] { columns.map { row[$0] } }

    private static let places: [FeatureSet: [Int]] = Dictionary(
        uniqueKeysWithValues: allCases.map { set in
            (set, set.names.compactMap { name in LeagueBook.names.firstIndex(of: name) })
        })

    /// Goals alone say less than goals and shots; single counts of ten matches say less than ratings of them.
    private static let leftOut = Set(
        ["overround"] + LeagueBook.names.filter { $0.hasPrefix("poisson_") }
            + Statistic.allCases.flatMap { ["\($0.rawValue)_home", "\($0.rawValue)_away"] })
}
