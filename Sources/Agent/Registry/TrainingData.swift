internal import Football

/// The rows that a model learnt from, as a text that is the same in whatever order they were read.
enum TrainingData {
    /// A line for each match with all that can reach a feature or a target, in the order of the matches' keys.
    static func text(of matches: [Match]) -> String {
        matches.map(line).sorted().joined(separator: "\n")
    }

    private static func line(_ match: Match) -> String {
        let (fixture, result) = (match.fixture, match.result)
        let odds = fixture.odds.map { quote, odds in
            "\(quote.bookmaker.rawValue)\(quote.closing ? "*" : ""):\(odds.home),\(odds.draw),\(odds.away)"
        }.sorted()
        let statistics = Statistic.allCases.compactMap { statistic in
            result.statistics[statistic].map { "\(statistic.rawValue):\($0.home),\($0.away)" }
        }
        let halfTime = result.halfTimeGoals.map { "\($0.home)-\($0.away)" } ?? ""
        let key = fixture.key
        return
            ([
                key.division, "\(key.season.startYear)", key.home, key.away, "\(fixture.day)",
                "\(result.goals.home)-\(result.goals.away)", halfTime,
            ] + odds + statistics).joined(separator: "\t")
    }
}
