/// The coming matches of all divisions, as football-data.co.uk publishes them (`fixtures.csv`).
public struct FixturesFile {
    /// Decodes one division's fixtures; rows of other divisions are skipped whatever else they hold.
    ///
    /// The file does not name its season: each row's date does.
    ///
    /// - Parameters:
    ///   - bytes: The file, with or without a byte order mark.
    ///   - division: The division's code, for instance `E0`.
    /// - Returns: The fixtures in the file's order, and what was refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad row.
    public static func decode(_ bytes: [UInt8], division: String) throws(FeedError) -> DecodedFeed<Fixture> {
        let code = Array(division.utf8)
        return try DecodedFeed(bytes, required: required, names: .of(division: division)) { row throws(BrokenRule) in
            let columns = row.columns
            let isOurs = row[columns.division].elementsEqual(code)
            if !isOurs, row.isCertainOfDivision { return nil }
            try row.checkShape()
            guard isOurs else { throw BrokenRule(.division, row[columns.division]) }
            let day = try row.day()
            let claim = try row.claim(season: Season(of: day, division: division), day: day)
            let fixture = Fixture(
                key: row.key(claim, division: division), day: day, kickOff: try row.kickOff(on: day),
                odds: try row.odds())
            return (fixture, claim)
        }
    }

    private static let required = ["Div", "Date", "HomeTeam", "AwayTeam"]
}
