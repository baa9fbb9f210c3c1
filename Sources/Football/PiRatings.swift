import Glibc

/// Pi-ratings: how many goals better than the average a team is at home, and away.
///
/// Source: A. Constantinou and N. Fenton, Journal of Quantitative Analysis in Sports 9 (2013).
struct PiRatings: Sendable {
    struct Rating: Averageable {
        var home = 0.0
        var away = 0.0

        static func mean(_ values: [Rating]) -> Rating {
            Rating(home: .mean(values.map(\.home)), away: .mean(values.map(\.away)))
        }
    }

    private var table = RatingTable(start: Rating())

    subscript(team: String) -> Rating { table[team] }

    mutating func beginSeason(after final: FinalTable) { table.beginSeason(after: final) }

    /// The expected goal difference, home less away.
    func goalDifference(home: String, away: String) -> Double {
        PiRatings.goals(table[home].home) - PiRatings.goals(table[away].away)
    }

    mutating func play(_ match: Match) {
        let key = match.fixture.key
        let goals = match.result.goals
        let error = Double(goals.home - goals.away) - goalDifference(home: key.home, away: key.away)
        let step = 0.06 * (error < 0 ? -1 : 1) * 3 * log10(1 + abs(error))
        table[key.home].home += step
        table[key.home].away += 0.6 * step
        table[key.away].away -= step
        table[key.away].home -= 0.6 * step
    }

    private static func goals(_ rating: Double) -> Double {
        (rating < 0 ? -1 : 1) * (pow(10, abs(rating) / 3) - 1)
    }
}
