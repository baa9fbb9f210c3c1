/// Something that several teams' values can be averaged of.
protocol Averageable: Sendable {
    static func mean(_ values: [Self]) -> Self
}

extension Double: Averageable {
    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

/// Every team's rating, and the one that a newcomer starts from.
struct RatingTable<Rating: Averageable>: Sendable {
    private var ratings: [String: Rating] = [:]
    private var newcomer: Rating

    init(start: Rating) { newcomer = start }

    subscript(team: String) -> Rating {
        get { ratings[team] ?? newcomer }
        set { ratings[team] = newValue }
    }

    /// Forgets whoever was not in last season's table; who comes instead starts from the mean of those who go down.
    mutating func beginSeason(after table: FinalTable) {
        newcomer = Rating.mean(table.relegated.map { self[$0] })
        ratings = ratings.filter { table.teams.contains($0.key) }
    }
}
