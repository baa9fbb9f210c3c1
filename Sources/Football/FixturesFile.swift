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
        try DecodedFeed(bytes, required: required, key: \.key) { row throws(BrokenRule) in
            let isOurs = row["Div"].elementsEqual(division.utf8)
            if !isOurs, row.isCertainOfDivision { return nil }
            try row.checkShape()
            guard isOurs else { throw BrokenRule(.division, row["Div"]) }
            let day = try row.day()
            let key = try row.key(division: division, season: Season(containing: day))
            let kickOff = try row.kickOff(on: day)
            return Fixture(key: key, day: day, kickOff: kickOff, odds: try row.odds())
        }
    }

    private static let required = ["Div", "Date", "HomeTeam", "AwayTeam"]
}
