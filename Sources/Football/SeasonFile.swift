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
    ///   - today: The last day that can have results; nil where that does not matter.
    /// - Returns: The matches in the file's order, and what was refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad row.
    public static func decode(
        _ bytes: [UInt8],
        division: String,
        season: Season,
        asOf today: Day? = nil
    ) throws(FeedError) -> DecodedFeed<Match> {
        let code = Array(division.utf8)
        let days = season.days(of: division)
        return try DecodedFeed(bytes, required: required, names: .of(division: division)) { row throws(BrokenRule) in
            try row.checkShape()
            let columns = row.columns
            guard row[columns.division].elementsEqual(code) else {
                throw BrokenRule(.division, row[columns.division])
            }
            let day = try row.day()
            guard days.contains(day) else { throw BrokenRule(.dateOutsideSeason, row[columns.date]) }
            let claim = try row.claim(season: season, day: day)
            let kickOff = try row.kickOff(on: day)
            guard let result = try result(of: row) else { return nil }
            if let today, day > today { throw BrokenRule(.resultInFuture, row[columns.date]) }
            let fixture = Fixture(
                key: row.key(claim, division: division), day: day, kickOff: kickOff, odds: try row.odds())
            return (Match(fixture: fixture, result: result), claim)
        }
    }

    private static let required = ["Div", "Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG", "FTR"]

    /// What a row says of the result; nil if it says nothing.
    private static func result(of row: FeedRow) throws(BrokenRule) -> MatchResult? {
        let columns = row.columns
        guard let goals = try row.counts(columns.goals, upTo: 30, rule: .goals) else {
            guard row[columns.result].isEmpty else { throw BrokenRule(.goals, []) }
            return nil
        }
        let halfTime = try row.counts(columns.halfTime, upTo: 30, rule: .halfTime)
        let result = MatchResult(goals: goals, halfTimeGoals: halfTime, statistics: try row.statistics())
        guard row[columns.result].letter == result.outcome.code else {
            throw BrokenRule(.resultMismatch, row[columns.result])
        }
        if let halfTime {
            guard halfTime.home <= goals.home, halfTime.away <= goals.away else {
                throw BrokenRule(.halfTime, "\(halfTime.home)-\(halfTime.away)".utf8)
            }
            let letter = row[columns.halfTimeResult]
            guard letter.isEmpty || letter.letter == Outcome(goals: halfTime).code else {
                throw BrokenRule(.halfTime, letter)
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

extension Outcome {
    /// The letter as a byte.
    fileprivate var code: UInt8 {
        switch self {
        case .home: UInt8(ascii: "H")
        case .draw: UInt8(ascii: "D")
        case .away: UInt8(ascii: "A")
        }
    }
}
