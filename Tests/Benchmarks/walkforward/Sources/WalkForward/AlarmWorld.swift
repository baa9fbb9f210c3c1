import Football
import Forest

/// The seed system's eight seasons, their results drawn from Bet365's odds, the margin taken out in proportion.
struct AlarmWorld {
    private struct Played {
        let market: [Double]
        let odds: Odds
        let withoutOdds: [Double]
    }

    /// A forecast, the market's, and what happened.
    typealias Item = (given: [Double], market: [Double], outcome: Int)

    private let seasons: [[Played]]
    private let forest: Forest

    /// - Throws: ``ForestError``.
    init(_ walk: Walk) async throws {
        let rows = walk.rows.filter { (2016...2023).contains($0.match.fixture.key.season.startYear) }
        let years = Set(rows.map(\.match.fixture.key.season)).sorted()
        seasons = years.map { year in
            rows.filter { $0.match.fixture.key.season == year }.compactMap { row in
                row.odds.map { odds in
                    Played(
                        market: odds.probabilities(.proportional).values, odds: odds,
                        withoutOdds: row.values(["market_elo_difference"]))
                }
            }
        }
        forest = try await Forest.train(
            TrainingSet(
                features: rows.map { SeedColumns.values(of: $0.match) }, labels: rows.map(\.outcome.rawValue),
                classes: 3, featureNames: SeedColumns.names),
            options: ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, seed: 1, outOfBag: false))
    }

    /// A season drawn for a forecaster; a fault that begins later does so in mid-season, and lasts as long as a season.
    ///
    /// - Throws: ``ForestError``.
    func season(_ fault: ForecastFault, later: Bool, _ draws: inout SplitMix) throws -> [Item] {
        let onset = later ? Self.healthy : 0
        var items: [Item] = []
        for _ in 0..<(later ? 2 : 1) {
            let season = seasons[draws.below(seasons.count)]
            for played in season where items.count < onset + season.count {
                let (given, truth) = try probabilities(played, items.count < onset ? .none : fault, season, &draws)
                items.append((given, played.market, ForecastFault.draw(truth, &draws)))
            }
        }
        return items
    }

    /// Matches before a fault that begins later.
    static let healthy = 190

    /// Every season drawn once, with what a regression says that learnt from all that was drawn.
    func withoutOdds(_ draws: inout SplitMix) -> [[Item]] {
        let outcomes = seasons.map { season in season.map { ForecastFault.draw($0.market, &draws) } }
        let rows = zip(seasons, outcomes).flatMap { season, drawn in
            zip(season, drawn).compactMap { played, outcome in
                Outcome(rawValue: outcome).map { (features: played.withoutOdds, outcome: $0) }
            }
        }
        guard let model = OutcomeRegression(rows) else { return [] }
        return zip(seasons, outcomes).map { season, drawn in
            zip(season, drawn).map { (model.probabilities($0.withoutOdds).values, $0.market, $1) }
        }
    }

    private func probabilities(
        _ played: Played, _ fault: ForecastFault, _ season: [Played], _ draws: inout SplitMix
    ) throws -> (given: [Double], truth: [Double]) {
        try fault.probabilities(played.market, other: { season[draws.below(season.count)].market }) {
            // The model without odds is drawn by ``withoutOdds(_:)``.
            let said = try forest.probabilities(SeedColumns.served(played.odds, &draws))
            return ForecastFault.normal(said.map { max($0, 0.005) })
        }
    }
}
