/// One side's view of a finished match.
struct Appearance: Sendable {
    let day: Day
    let season: Season
    let atHome: Bool
    let scored: Int
    let conceded: Int
    /// The side's own counts, in the order of `Statistic.allCases`; nil where unknown.
    let counts: [Int?]

    init(_ match: Match, atHome: Bool) {
        day = match.fixture.day
        season = match.fixture.key.season
        self.atHome = atHome
        let goals = match.result.goals
        scored = atHome ? goals.home : goals.away
        conceded = atHome ? goals.away : goals.home
        counts = Statistic.allCases.map { statistic in
            match.result.statistics[statistic].map { atHome ? $0.home : $0.away }
        }
    }

    /// League points: 3, 1 or 0.
    var points: Int { scored > conceded ? 3 : scored == conceded ? 1 : 0 }
}

extension ArraySlice<Appearance> {
    /// Mean of `value` over the last `length` appearances; NaN if there is none.
    func mean(last length: Int, _ value: (Appearance) -> Int?) -> Double {
        let values = suffix(length).compactMap(value)
        return values.isEmpty ? .nan : Double(values.reduce(0, +)) / Double(values.count)
    }

    /// Mean points over the last 5 at home, or away from it, among the last 40.
    func venuePoints(atHome: Bool) -> Double {
        suffix(40).filter { $0.atHome == atHome }[...].mean(last: 5, \.points)
    }

    /// Points per match in a season, shrunk towards 1.35 as if three such matches had come first.
    func seasonPoints(_ season: Season) -> Double {
        let played = reversed().prefix { $0.season == season }
        return (played.reduce(4.05) { $0 + Double($1.points) }) / Double(played.count + 3)
    }

    /// Days since the last appearance, at most 14; a team that comes without one has had a summer's rest.
    func restDays(until day: Day) -> Double {
        last.map { Swift.min(14, Double(day.number - $0.day.number)) } ?? 14
    }
}
