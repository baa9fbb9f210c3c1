import FoundationEssentials

public import Football

/// A league that is not the Premier League: eighteen clubs of other names, in files with fewer columns.
///
/// Its matches are the Premier League's without those of two clubs. Nobody names a referee or Pinnacle's odds, and the
/// average across bookmakers comes in later.
public enum OtherLeague {
    /// The division's code.
    public static let division = "SP1"
    /// The first season whose file has the average and the highest odds across bookmakers.
    public static let firstAverages = Season(startYear: 2022)

    private static let absent = ["Arsenal", "Everton"]

    /// What a club of the Premier League is called there.
    public static func club(_ name: String) -> String { "Atletico \(name)" }

    /// Returns the bytes of a season's file.
    ///
    /// - Parameter season: One of ``RealSeasons/all``.
    /// - Returns: Comma-separated values in football-data.co.uk's form.
    /// - Throws: ``SharedDataMissing``, or what reading threw.
    public static func file(_ season: Season) throws -> [UInt8] {
        let lines = String(decoding: try RealSeasons.file(season), as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard var header = lines.first else { return [] }
        header[0] = "Div"
        let left = header.indices.filter { place in
            let name = header[place]
            let fromMany = ["Avg", "Max", "BbAv", "BbMx"].contains { name.hasPrefix($0) }
            return !name.isEmpty && name != "Referee" && !name.hasPrefix("PS")
                && (season >= firstAverages || !fromMany)
        }
        let clubs = ["HomeTeam", "AwayTeam"].compactMap { header.firstIndex(of: $0) }
        let rows = lines.dropFirst().compactMap { fields -> [String]? in
            guard fields.count == header.count, !clubs.contains(where: { absent.contains(fields[$0]) }) else {
                return nil
            }
            var row = fields
            row[0] = division
            for place in clubs { row[place] = club(fields[place]) }
            return left.map { row[$0] }
        }
        let text = ([left.map { header[$0] }] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
        return Array(text.utf8)
    }
}
