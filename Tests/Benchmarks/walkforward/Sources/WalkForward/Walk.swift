import Football
import Glibc

/// A match, what was known before it, and Bet365's opinion, which is all that the reference knows of the market.
struct Row: Sendable {
    let match: Match
    let features: [Double]
    let market: OutcomeProbabilities

    var outcome: Outcome { match.result.outcome }

    func values(_ names: [String]) -> [Double] {
        names.map { name in LeagueBook.names.firstIndex(of: name).map { features[$0] } ?? .nan }
    }

    /// Bet365's odds as they are, the absurd ones too.
    var odds: Odds? { match.fixture.odds[Quote(.bet365)] }
}

/// The seasons to forecast, block by block, and everything before them.
struct Walk: Sendable {
    let rows: [Row]
    private let seasons = 2021...2023

    init(_ matches: [Match]) {
        let known = matches.map { match in
            let fixture = match.fixture
            return Match(
                fixture: Fixture(
                    key: fixture.key, day: fixture.day, kickOff: nil,
                    odds: fixture.odds.filter { $0.key == Quote(.bet365) }),
                result: match.result)
        }
        rows = Walk.read(known).compactMap { match, features in
            // The first season only teaches ratings. One row's odds are absurd, and the reference believes them.
            guard match.fixture.key.season.startYear > 2005, let odds = match.fixture.odds[Quote(.bet365)] else {
                return nil
            }
            let market = odds.probabilities(.power)
            let draw = log(market.draw / (market.home * market.away).squareRoot())
            var features = features
            features.replaceSubrange(0..<5, with: market.values + [log(market.home / market.away), draw])
            return Row(match: match, features: features, market: market)
        }
    }

    /// Every match's features; the reference learns who plays in a season when it sees them play.
    private static func read(_ matches: [Match]) -> [(match: Match, features: [Double])] {
        var book = LeagueBook()
        var rows: [(match: Match, features: [Double])] = []
        let ordered = LeagueBook.ordered(matches)
        var start = 0
        while start < ordered.count {
            let fixture = ordered[start].fixture
            let end = ordered[start...].firstIndex { $0.fixture.day != fixture.day } ?? ordered.endIndex
            let played = Array(ordered[start..<end])
            let teams = Set(played.flatMap { [$0.fixture.key.home, $0.fixture.key.away] })
            book.begin(fixture.day, season: fixture.key.season, teams: teams)
            for match in played { rows.append((match, book.features(of: match.fixture))) }
            book.close(with: played)
            start = end
        }
        return rows
    }

    /// The rows that are forecast, in the order in which they are.
    var forecastRows: ArraySlice<Row> {
        rows[(rows.firstIndex { seasons.contains($0.match.fixture.key.season.startYear) } ?? rows.count)...]
    }

    /// Forecasts every block by what the forecaster makes of the rows before it, by each of its names.
    func forecasts(_ forecaster: Forecaster) async throws -> [[(OutcomeProbabilities, Outcome)]] {
        var made = [[(OutcomeProbabilities, Outcome)]](repeating: [], count: forecaster.names.count)
        var next = forecastRows.startIndex
        while next < rows.count {
            let block = Block(containing: rows[next].match.fixture.day)
            let end = rows[next...].firstIndex { Block(containing: $0.match.fixture.day) != block } ?? rows.count
            let forecast = try await forecaster.fit(Array(rows.prefix { $0.match.fixture.day < block.firstDay }))
            for row in rows[next..<end] {
                for (place, said) in try forecast(row).enumerated() { made[place].append((said, row.outcome)) }
            }
            next = end
        }
        return made
    }
}
