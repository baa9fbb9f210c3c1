internal import Football
internal import FoundationEssentials

/// Season files in a folder, one folder a season.
struct SeasonFolder {
    let path: String
    let division: String

    /// Every finished match of every season that is there.
    func matches() throws(AgentError) -> [Match] {
        var matches: [Match] = []
        for year in 1993...2092 {
            let season = Season(startYear: year)
            let file = "\(path)/\(season.code)/\(division).csv"
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            do throws(FeedError) {
                matches += try SeasonFile.decode(Array(data), division: division, season: season).rows
            } catch {
                throw .job("\(file): \(error)")
            }
        }
        guard !matches.isEmpty else {
            throw .job("\(path) has no season file such as 2324/\(division).csv\(others)")
        }
        return matches
    }

    /// What to say of the divisions that are there instead.
    private var others: String {
        let files = FileManager.default
        var divisions: Set<String> = []
        for folder in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
            let names = (try? files.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
            for name in names where folder.utf8.count == 4 && Int(folder) != nil && name.hasSuffix(".csv") {
                divisions.insert(String(name.dropLast(4)))
            }
        }
        return divisions.isEmpty ? "" : ", but of \(divisions.sorted().joined(separator: ", ")): name it by --division"
    }
}
