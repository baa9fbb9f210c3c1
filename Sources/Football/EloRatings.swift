import Glibc

/// Elo ratings from results: one number a team, of which the difference says who is expected to win.
///
/// Source: A. Elo, "The Rating of Chessplayers" (1978); the weight of the goal difference after eloratings.net.
struct EloRatings: Sendable {
    static let homeAdvantage = 65.0
    private var table = RatingTable(start: 1500.0)

    subscript(team: String) -> Double { table[team] }

    mutating func beginSeason(after final: FinalTable) { table.beginSeason(after: final) }

    mutating func play(_ match: Match) {
        let key = match.fixture.key
        let goals = match.result.goals
        let expected = 1 / (1 + pow(10, -(table[key.home] + EloRatings.homeAdvantage - table[key.away]) / 400))
        let result = match.result.outcome == .home ? 1 : match.result.outcome == .draw ? 0.5 : 0
        let change = 20 * Double(max(1, abs(goals.home - goals.away))).squareRoot() * (result - expected)
        table[key.home] += change
        table[key.away] -= change
    }
}

/// Elo ratings from what the market thought of past matches, which says more than how they ended.
struct MarketEloRatings: Sendable {
    static let homeAdvantage = 60.0
    private var table = RatingTable(start: 1500.0)

    subscript(team: String) -> Double { table[team] }

    mutating func beginSeason(after final: FinalTable) { table.beginSeason(after: final) }

    /// Takes in a match; one that had no odds teaches nothing.
    mutating func play(_ match: Match, market: OutcomeProbabilities?) {
        guard let market else { return }
        let key = match.fixture.key
        let expected = 1 / (1 + pow(10, -(table[key.home] + MarketEloRatings.homeAdvantage - table[key.away]) / 400))
        let change = 200 * (market.home + market.draw / 2 - expected)
        table[key.home] += change
        table[key.away] -= change
    }
}
