import Football
import FoundationEssentials

/// The real files that lie beside the project, at `../shared` from its root or at `TOUCHLINE_SHARED`.
enum SharedData {
    static let seasons = (2005...2023).map(Season.init(startYear:))

    static func seasonFile(_ season: Season) throws -> [UInt8] {
        try bytes("data/football-data.co.uk/mmz4281/\(season.code)/E0.csv")
    }

    /// Every match of the 19 seasons in the files' order, decoded once.
    static let matches: Result<[Match], any Error> = Result {
        try seasons.flatMap { season in
            try SeasonFile.decode(seasonFile(season), division: "E0", season: season).rows
        }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        let root = try root()
        return Array(try Data(contentsOf: root.appending(path: path)))
    }

    private static func root() throws -> URL {
        if let named = ProcessInfo.processInfo.environment["TOUCHLINE_SHARED"] { return URL(filePath: named) }
        let source = URL(filePath: #filePath).resolvingSymlinksInPath()
        var folder = source.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "../shared").standardized
            if FileManager.default.fileExists(atPath: candidate.appending(path: "data").path) { return candidate }
            folder.deleteLastPathComponent()
        }
        throw MissingSharedData(searchedFrom: source.path)
    }
}

struct MissingSharedData: Error, CustomStringConvertible {
    let searchedFrom: String

    var description: String {
        "no folder ../shared/data above \(searchedFrom): put the real files there or set TOUCHLINE_SHARED"
    }
}
