import FoundationEssentials
import History

/// Copies rows shaped like predictions into a table, over and over, and prints the rows per second of each round.
@main struct CopyRows {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let rows = 100_000
        let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
        let history = History(DatabaseSettings(connectionString: arguments[1], maximumConnections: 1))
        let made = (0..<rows).map(Row.init)
        for _ in 0..<rounds {
            let seconds = try await history.run { session throws(HistoryError) in
                _ = try session.execute("truncate copied")
                let started = ContinuousClock.now
                try session.copy(into: "copied") { writer throws(HistoryError) in
                    for row in made {
                        try writer.beginRow(15)
                        writer.append(row.position)
                        writer.append(row.model)
                        writer.append(row.division)
                        writer.append(row.season)
                        writer.append(row.home)
                        writer.append(row.away)
                        writer.append(row.madeAt)
                        writer.append(row.madeAt)
                        for share in row.shares { writer.append(share) }
                        for share in row.market { writer.append(share) }
                        writer.append(false)
                    }
                }
                return (ContinuousClock.now - started) / .seconds(1)
            }
            print(Int(Double(rows) / seconds))
        }
        await history.close()
    }
}

/// A row like those that the peers are given.
struct Row {
    let position: Int
    let model: Int
    let division = "E0"
    let season = 2_023
    let home: String
    let away: String
    let madeAt = Date(timeIntervalSince1970: 1_700_000_000)
    let shares = [0.5, 0.25, 0.25]
    let market: [Double?]

    init(_ index: Int) {
        position = index
        model = index % 7
        home = "Home \(index % 20)"
        away = "Away \(index % 19)"
        market = index % 5 == 0 ? [nil, nil, nil] : [0.4, 0.35, 0.25]
    }
}
