import Glibc

/// Everything that is known of one division before a day: every team's form and ratings.
///
/// It is read day by day: ``begin(_:season:teams:)``, then ``features(of:)`` for each match of that day, then
/// ``close(with:)``. What happens on a day is not known before it is closed, so that nothing on or after a match's own
/// day can reach its features. An unknown value is NaN.
public struct LeagueBook: Sendable {
    /// The features' names in the order of ``features(of:)``.
    ///
    /// - `market_*`: the fixture's ``Fixture/consensus``; `market_log_ratio` is ln(home / away), `market_log_draw` is
    ///   ln(draw / sqrt(home away)).
    /// - `elo_*`, `market_elo_*`: ratings from results and from past odds, and the difference with home advantage.
    /// - `pi_*`: pi-ratings at home and away, and the expected goal difference.
    /// - `mixed_*`: goal model on goals mixed with shots on target; expected goals and outcome probabilities.
    /// - `expected_*`: shots, shots on target and corners as multiples of the league's mean.
    /// - `promoted_*`: 1 for a team that was not in the division last season.
    /// - `poisson_*`: goal model on goals alone.
    /// - then ``FeatureTable/names`` but for the first three.
    public static let names: [String] =
        [
            "market_home", "market_draw", "market_away", "market_log_ratio", "market_log_draw", "elo_home", "elo_away",
            "elo_difference", "market_elo_home", "market_elo_away", "market_elo_difference", "pi_home", "pi_away",
            "pi_goal_difference", "mixed_goals_home", "mixed_goals_away", "mixed_home", "mixed_draw", "mixed_away",
            "expected_shots_home", "expected_shots_away", "expected_shots_on_target_home",
            "expected_shots_on_target_away", "expected_corners_home", "expected_corners_away", "promoted_home",
            "promoted_away", "poisson_goals_home", "poisson_goals_away", "poisson_home", "poisson_draw",
            "poisson_away", "poisson_correlation",
        ] + FeatureTable.names.dropFirst(3)

    private var season: Season?
    private var teams: Set<String> = []
    private var lastTable: FinalTable?
    private var table = FinalTable()
    private var form = FeatureTable()
    private var elo = EloRatings()
    private var marketElo = MarketEloRatings()
    private var pi = PiRatings()
    private var attacks = [Statistic.shots, .shotsOnTarget, .corners].map(AttackRatings.init)
    private var goals = GoalRatings()

    /// How many matches it has taken in.
    public private(set) var matches = 0

    /// Makes a book that knows no match.
    public init() {}

    /// Turns to a day, and to a new season if it is the first day of one.
    ///
    /// - Parameters:
    ///   - day: The day of the matches to be asked for; no earlier than any that was closed.
    ///   - season: The season of those matches.
    ///   - teams: The season's teams as far as the fixture list tells; any that is left out is learnt when it plays.
    public mutating func begin(_ day: Day, season: Season, teams: Set<String> = []) {
        turn(to: season, teams: teams)
        goals.fit(on: day, teams: self.teams)
    }

    /// Begins a season if it is a new one, and learns who plays in it.
    mutating func turn(to season: Season, teams: Set<String>) {
        if let current = self.season, season > current {
            let leaving = table
            elo.beginSeason(after: leaving)
            marketElo.beginSeason(after: leaving)
            pi.beginSeason(after: leaving)
            for index in attacks.indices { attacks[index].beginSeason(after: leaving) }
            lastTable = leaving
            table = FinalTable()
            self.teams = []
        }
        self.season = season
        self.teams.formUnion(teams)
        let promoted = self.teams.filter(isPromoted)
        goals.settle(promoted: promoted, established: self.teams.subtracting(promoted))
    }

    /// Takes in what happened on the day that has begun.
    public mutating func close(with results: [Match]) {
        for match in results {
            elo.play(match)
            marketElo.play(match, market: match.fixture.marketOdds?.probabilities(.power))
            pi.play(match)
            table.add(match)
            form.add(match)
            teams.formUnion([match.fixture.key.home, match.fixture.key.away])
        }
        for index in attacks.indices { attacks[index].play(results) }
        goals.add(results)
        matches += results.count
    }

    /// The features of a match on the day that has begun, or later in the same season.
    public func features(of fixture: Fixture) -> [Double] {
        let (home, away) = (fixture.key.home, fixture.key.away)
        var features = market(fixture.consensus)
        features += [elo[home], elo[away], elo[home] + EloRatings.homeAdvantage - elo[away]]
        features += [
            marketElo[home], marketElo[away], marketElo[home] + MarketEloRatings.homeAdvantage - marketElo[away],
        ]
        features += [pi[home].home, pi[away].away, pi.goalDifference(home: home, away: away)]
        features += strengths(goals.onShots, fixture.key)
        for attack in attacks {
            let expected = attack.expected(home: home, away: away)
            features += [expected.home, expected.away]
        }
        features += [isPromoted(home) ? 1 : 0, isPromoted(away) ? 1 : 0]
        features += strengths(goals.onGoals, fixture.key)
        features.append(goals.isFitted ? goals.correlation : .nan)
        return features + form.features(of: fixture).dropFirst(3)
    }

    /// The market's opinion in a row of features; nil if the fixture had none.
    public static func market(in features: [Double]) -> OutcomeProbabilities? {
        guard features[0].isFinite else { return nil }
        return OutcomeProbabilities(home: features[0], draw: features[1], away: features[2])
    }

    private func isPromoted(_ team: String) -> Bool {
        lastTable.map { !$0.teams.contains(team) } ?? false
    }

    private func market(_ market: OutcomeProbabilities?) -> [Double] {
        guard let market else { return [Double](repeating: .nan, count: 5) }
        return market.values + [
            log(market.home / market.away),
            log(market.draw / (market.home * market.away).squareRoot()),
        ]
    }

    private func strengths(_ model: GoalModel, _ key: MatchKey) -> [Double] {
        guard goals.isFitted, let home = goals.known(key.home), let away = goals.known(key.away) else {
            return [Double](repeating: .nan, count: 5)
        }
        let expected = model.goals(home: home, away: away)
        let outcomes = ScoreGrid.probabilities(
            home: expected.home, away: expected.away, correlation: goals.correlation)
        return [expected.home, expected.away] + outcomes.values
    }
}
