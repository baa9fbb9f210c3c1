import Football

/// What a set of matches looks like from afar.
struct Averages {
    let homeWins: Double
    let draws: Double
    let awayWins: Double
    let homeGoals: Double
    let awayGoals: Double
    /// Standard deviation of the implied probability of a home win.
    let favouriteSpread: Double
    /// Mean of both sides' counts.
    let statistics: [Statistic: Double]

    init(_ matches: [Match]) {
        let count = Double(matches.count)
        func share(_ outcome: Outcome) -> Double { Double(matches.count { $0.result.outcome == outcome }) / count }
        homeWins = share(.home)
        draws = share(.draw)
        awayWins = share(.away)
        homeGoals = Double(matches.reduce(0) { $0 + $1.result.goals.home }) / count
        awayGoals = Double(matches.reduce(0) { $0 + $1.result.goals.away }) / count
        let implied = matches.compactMap { $0.fixture.marketOdds?.impliedProbabilities.home }
        let mean = implied.reduce(0, +) / count
        favouriteSpread = (implied.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        statistics = Dictionary(
            uniqueKeysWithValues: Statistic.allCases.map { statistic in
                let sides = matches.compactMap { $0.result.statistics[statistic] }
                return (statistic, Double(sides.reduce(0) { $0 + $1.home + $1.away }) / count)
            }
        )
    }
}
