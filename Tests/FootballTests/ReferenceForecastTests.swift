import Football
import Glibc
import TestSupport
import Testing

/// The reference's forecasts of fifteen matches, each by a model of everything before the match's block.
struct ReferenceForecastTests {
    private static let rows = Result { try RealSeasons.everyMatch.get().map(\.withBet365Alone).asSeenByTheReference }

    @Test(
        arguments: [
            ("lr_elo", ["elo_difference"]),
            ("lr_noodds", ["market_elo_difference", "mixed_goals_home", "mixed_goals_away"]),
            ("lr_odds", ["market_log_ratio", "market_log_draw"]),
        ])
    func `logistic regressions agree`(model: String, names: [String]) throws {
        try compare(model, names) { past, row in
            try #require(OutcomeRegression(past.map { ($0.columns, $0.outcome) })).probabilities(row.columns)
        }
    }

    @Test func `a ridge regression that starts from the market agrees`() throws {
        let names = ["elo_difference", "market_elo_difference", "mixed_goals_home", "mixed_goals_away"]
        try compare("mkt_ridge_ratings", names) { past, row in MarketRidge(past).forecast(row.market, row.columns) }
    }

    private func compare(
        _ model: String, _ names: [String],
        _ forecast: (_ past: [MarketRidge.Row], _ row: MarketRidge.Row) throws -> OutcomeProbabilities
    ) throws {
        let columns = try names.map { try #require(LeagueBook.names.firstIndex(of: $0)) }
        let rows = try Self.rows.get()
        let examples = try Golden.read().predictions
        #expect(examples.count == 15)
        let prepared = try rows.map { row -> MarketRidge.Row in
            let market = try #require(LeagueBook.market(in: row.features))
            return (market, columns.map { row.features[$0] }, row.match.result.outcome)
        }
        for example in examples {
            let start = Block(containing: rows[example.row].match.fixture.day).firstDay
            let past = rows.indices.prefix { rows[$0].match.fixture.day < start }
                .filter { rows[$0].match.fixture.key.season.startYear >= 2006 }
                .map { prepared[$0] }
                .filter { $0.columns.allSatisfy(\.isFinite) }
            let found = try forecast(past, prepared[example.row]).values
            let expected = try #require(example.p[model])
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-7 }, "\(example.row) \(found) \(expected)")
        }
    }
}

extension [Match] {
    /// Every match's features as the reference has them: it learns who plays in a season when it sees them play, and
    /// takes the match's odds as they are.
    fileprivate var asSeenByTheReference: [(match: Match, features: [Double])] {
        var book = LeagueBook()
        var rows: [(match: Match, features: [Double])] = []
        let ordered = LeagueBook.ordered(self)
        var start = 0
        while start < ordered.count {
            let fixture = ordered[start].fixture
            let end = ordered[start...].firstIndex { $0.fixture.day != fixture.day } ?? ordered.endIndex
            let played = Array(ordered[start..<end])
            let teams = Set(played.flatMap { [$0.fixture.key.home, $0.fixture.key.away] })
            book.begin(fixture.day, season: fixture.key.season, teams: teams)
            for match in played {
                var features = book.features(of: match.fixture)
                if let implied = match.fixture.odds[Quote(.bet365)]?.probabilities(.power) {
                    let draw = log(implied.draw / (implied.home * implied.away).squareRoot())
                    features.replaceSubrange(0..<5, with: implied.values + [log(implied.home / implied.away), draw])
                }
                rows.append((match, features))
            }
            book.close(with: played)
            start = end
        }
        return rows
    }
}
