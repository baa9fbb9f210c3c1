import Football
import FoundationEssentials

/// The real seasons that lie beside the project, at `../shared` from its root or at `TOUCHLINE_SHARED`.
enum RealSeasons {
    static func matches(_ seasons: [Season]) throws -> [Match] {
        let root = try root()
        return try seasons.flatMap { season in
            let file = root.appending(path: "data/football-data.co.uk/mmz4281/\(season.code)/E0.csv")
            return try SeasonFile.decode(Array(Data(contentsOf: file)), division: "E0", season: season).rows
        }
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
