/// A division's finished matches of one season, as football-data.co.uk publishes them (`mmz4281/2324/E0.csv`).
public struct SeasonFile {
    /// Decodes a file; columns are found by name, in any order.
    ///
    /// A match without a result yet is skipped. Odds and statistics that are empty are absent; what is present but
    /// impossible quarantines its row.
    ///
    /// - Parameters:
    ///   - bytes: The file, with or without a byte order mark.
    ///   - division: The division's code that every row must have, for instance `E0`.
    ///   - season: The season that every date must lie in.
    /// - Returns: The matches in the file's order, and what was refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad row.
    public static func decode(
        _ bytes: [UInt8],
        division: String,
        season: Season
    ) throws(FeedError) -> DecodedFeed<Match> {
        try DecodedFeed(bytes, required: required, key: \.fixture.key) { row throws(BrokenRule) in
            try row.checkShape()
            guard row["Div"].elementsEqual(division.utf8) else { throw BrokenRule(.division, row["Div"]) }
            let day = try row.day()
            guard Season(containing: day) == season else { throw BrokenRule(.dateOutsideSeason, row["Date"]) }
            let key = try row.key(division: division, season: season)
            let kickOff = try row.kickOff(on: day)
            guard let result = try result(of: row) else { return nil }
            return Match(
                fixture: Fixture(key: key, day: day, kickOff: kickOff, odds: try row.odds()),
                result: result
            )
        }
    }

    private static let required = ["Div", "Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG", "FTR"]

    /// What a row says of the result; nil if it says nothing.
    private static func result(of row: FeedRow) throws(BrokenRule) -> MatchResult? {
        guard let goals = try row.counts("FTHG", "FTAG", upTo: 30, rule: .goals) else {
            guard row["FTR"].isEmpty else { throw BrokenRule(.goals, []) }
            return nil
        }
        let halfTime = try row.counts("HTHG", "HTAG", upTo: 30, rule: .halfTime)
        let result = MatchResult(goals: goals, halfTimeGoals: halfTime, statistics: try row.statistics())
        guard row["FTR"].elementsEqual(result.outcome.letter.utf8) else {
            throw BrokenRule(.resultMismatch, row["FTR"])
        }
        if let halfTime {
            guard halfTime.home <= goals.home, halfTime.away <= goals.away else {
                throw BrokenRule(.halfTime, "\(halfTime.home)-\(halfTime.away)".utf8)
            }
            let letter = Outcome(goals: halfTime).letter
            guard row["HTR"].isEmpty || row["HTR"].elementsEqual(letter.utf8) else {
                throw BrokenRule(.halfTime, row["HTR"])
            }
        }
        try checkShots(result)
        return result
    }

    /// Refuses far more shots on target than shots.
    ///
    /// A small excess is the feed's own way of counting: Newcastle v West Ham of 2021-08-15 has 9 on target of 8.
    private static func checkShots(_ result: MatchResult) throws(BrokenRule) {
        guard let shots = result.statistics[.shots], let onTarget = result.statistics[.shotsOnTarget] else { return }
        for (shots, onTarget) in [(shots.home, onTarget.home), (shots.away, onTarget.away)] {
            guard onTarget <= shots + 3 else { throw BrokenRule(.statistics, "\(onTarget) of \(shots)".utf8) }
        }
    }
}
