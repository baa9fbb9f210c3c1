/// What is known before a match, as numbers: the market's opinion and both teams' form.
///
/// A match on a day sees only matches of earlier days, so that matches of one day do not see each other. Form does not
/// cross divisions: a promoted team arrives without any. An unknown value is NaN.
public struct FeatureTable: Sendable {
    /// What this set of features is called where a model is stored and reported.
    public static let setName = "odds_form"

    /// The features' names in the order of ``features(of:)``.
    ///
    /// - `implied_*`, `overround`: from ``Fixture/marketOdds``.
    /// - `points_*`, `goals_for_*`, `goals_against_*`: means over the side's last 5 matches.
    /// - `venue_points_*`: mean points over its last 5 at home (home side) or away (away side), among its last 40.
    /// - `season_points_*`: points per match this season, shrunk: (points + 4.05) / (matches + 3).
    /// - `rest_days_*`: days since its last match, at most 14; 14 without one.
    /// - a ``Statistic`` by name: the side's own mean over its last 10 matches.
    /// - `league_home_wins`: share of home wins among the division's last 380 matches.
    public static let names: [String] =
        ["implied_home", "implied_draw", "implied_away", "overround"]
        + (["points", "goals_for", "goals_against", "venue_points", "season_points", "rest_days"]
        + Statistic.allCases.map(\.rawValue)).flatMap { ["\($0)_home", "\($0)_away"] }
        + ["league_home_wins"]

    private var teams: [TeamKey: Timeline<Appearance>] = [:]
    private var homeWins: [String: Timeline<Bool>] = [:]

    /// Makes a table that knows no match.
    public init() {}

    /// Adds a finished match, in any order of days.
    ///
    /// Appending at the end is cheap; a late match is put where it belongs, at the cost of moving what follows. Matches
    /// of one day keep the order in which they come, which only `league_home_wins` can notice, at the far end of its
    /// window.
    public mutating func add(_ match: Match) {
        let fixture = match.fixture
        let division = fixture.key.division
        for (name, atHome) in [(fixture.key.home, true), (fixture.key.away, false)] {
            teams[TeamKey(division: division, name: name), default: Timeline()]
                .insert(Appearance(match, atHome: atHome), on: fixture.day)
        }
        homeWins[division, default: Timeline()].insert(match.result.outcome == .home, on: fixture.day)
    }

    /// The features of a match, whether it is already in the table or not: only matches before its day count.
    public func features(of fixture: Fixture) -> [Double] {
        let home = form(of: fixture.key.home, before: fixture)
        let away = form(of: fixture.key.away, before: fixture)
        var features = market(fixture.marketOdds)
        for (home, away) in zip(
            figures(home, atHome: true, fixture: fixture),
            figures(away, atHome: false, fixture: fixture)
        ) {
            features += [home, away]
        }
        let wins = (homeWins[fixture.key.division]?.before(fixture.day) ?? []).suffix(380)
        features.append(wins.isEmpty ? .nan : Double(wins.count { $0 }) / Double(wins.count))
        return features
    }

    /// The features of every match as of its own day, in the order of day, season and place in `matches`.
    public static func rows(for matches: [Match]) -> [(match: Match, features: [Double])] {
        let ordered = matches.enumerated().sorted { left, right in
            let (a, b) = (left.element.fixture, right.element.fixture)
            return (a.day, a.key.season, left.offset) < (b.day, b.key.season, right.offset)
        }
        var table = FeatureTable()
        return ordered.map { _, match in
            let features = table.features(of: match.fixture)
            table.add(match)
            return (match, features)
        }
    }

    private func form(of team: String, before fixture: Fixture) -> ArraySlice<Appearance> {
        teams[TeamKey(division: fixture.key.division, name: team)]?.before(fixture.day) ?? []
    }

    private func market(_ odds: Odds?) -> [Double] {
        guard let odds else { return [.nan, .nan, .nan, .nan] }
        let implied = odds.impliedProbabilities
        return [implied.home, implied.draw, implied.away, odds.overround]
    }

    private func figures(_ form: ArraySlice<Appearance>, atHome: Bool, fixture: Fixture) -> [Double] {
        [
            form.mean(last: 5, \.points),
            form.mean(last: 5, \.scored),
            form.mean(last: 5, \.conceded),
            form.venuePoints(atHome: atHome),
            form.seasonPoints(fixture.key.season),
            form.restDays(until: fixture.day),
        ] + Statistic.allCases.indices.map { index in form.mean(last: 10) { $0.counts[index] } }
    }
}

private struct TeamKey: Hashable {
    let division: String
    let name: String
}
