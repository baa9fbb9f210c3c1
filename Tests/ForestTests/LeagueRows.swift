import FoundationEssentials
import TestSupport

/// The benchmark's rows: what is known of a match after it was played, and its outcome.
struct LeagueRows {
    static let columns = [
        "B365H", "B365D", "B365A", "HS", "AS", "HST", "AST", "HC", "AC", "HF", "AF", "HY", "AY", "HR", "AR",
    ]

    struct ColumnMissing: Error {
        let file: String
    }

    var features: [[Double]] = []
    /// Home 0, draw 1, away 2.
    var labels: [Int] = []

    /// Reads eight seasons, the latest first, each in the order of its file: the order that the benchmark numbers its
    /// rows in.
    init() throws {
        for season in ["2324", "2223", "2122", "2021", "1920", "1819", "1718", "1617"] {
            let file = try SharedData.bytes("football-data.co.uk/mmz4281/\(season)/E0.csv")
            let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
            let header = lines[0].split(separator: ",", omittingEmptySubsequences: false)
            let places = LeagueRows.columns.compactMap { header.firstIndex(of: Substring($0)) }
            guard places.count == LeagueRows.columns.count, let result = header.firstIndex(of: "FTR") else {
                throw ColumnMissing(file: "\(season)/E0.csv")
            }
            for line in lines.dropFirst() {
                let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                guard let label = ["H", "D", "A"].firstIndex(of: fields[result]) else { continue }
                features.append(places.map { Double(fields[$0]) ?? .nan })
                labels.append(label)
            }
        }
    }
}
