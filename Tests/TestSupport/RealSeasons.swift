public import Football

/// The seasons of the Premier League that lie beside the package.
public enum RealSeasons {
    /// All of them, the first one first.
    public static let all = (2005...2023).map(Season.init(startYear:))

    /// Every match of all seasons in the files' order, decoded once.
    public static let everyMatch: Result<[Match], any Error> = Result { try matches(all) }

    /// Returns the bytes of a season's file.
    ///
    /// - Parameter season: One of ``all``.
    /// - Returns: Comma-separated values as football-data.co.uk publishes them.
    /// - Throws: ``SharedDataMissing``, or what reading threw.
    public static func file(_ season: Season) throws -> [UInt8] {
        try SharedData.bytes("football-data.co.uk/mmz4281/\(season.code)/E0.csv")
    }

    /// Decodes the matches of some seasons.
    ///
    /// - Parameter seasons: Some of ``all``.
    /// - Returns: The matches in the order of the seasons and within each in the order of its file.
    /// - Throws: ``SharedDataMissing``, or what reading or decoding threw.
    public static func matches(_ seasons: [Season]) throws -> [Match] {
        try seasons.flatMap { try SeasonFile.decode(file($0), division: "E0", season: $0).rows }
    }
}
