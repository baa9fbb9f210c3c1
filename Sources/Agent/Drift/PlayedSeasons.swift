internal import Football
internal import Forest

/// Past seasons as forecasters saw them before each match.
struct PlayedSeasons: Sendable {
    /// A match with what was said of it.
    struct Played: Sendable {
        let season: Season
        /// What the odds said, their margin taken out by powers.
        let market: [Double]
        /// What a regression without odds said; the market's where a rating is unknown.
        let withoutOdds: [Double]
        let outcome: Int
        let match: Match
    }

    /// Seasons that a model has learnt from before it counts as healthy, if there are as many.
    private static let learnt = 5
    /// Matches after which the model without odds is fitted anew.
    private static let refitted = 38

    /// The seasons, each in the order of its matches.
    let seasons: [[Played]]
    /// The seed's forest of what is only known after a match; nil where too little of that is known.
    private let seed: Forest?

    /// Forecasts every season but the first ones by what was known before.
    ///
    /// - Parameters:
    ///   - matches: Finished matches, oldest first.
    ///   - earliest: The year in which the first season to forecast begins; nil for the first that enough precede.
    /// - Throws: ``ForestError`` if the task was cancelled.
    init(_ matches: [Match], from earliest: Int? = nil) async throws(ForestError) {
        // The first season only teaches ratings.
        let rows = ForecastDesk.rows(for: matches)
        let years = Set(rows.map(\.match.fixture.key.season)).sorted()
        let healthy = years.dropFirst(1 + min(Self.learnt, max(2, years.count - 4)))
        let first = healthy.first { $0.startYear >= earliest ?? 0 }
        let start = rows.firstIndex { $0.match.fixture.key.season == first } ?? rows.count
        let taught = rows.firstIndex { $0.match.fixture.key.season != years.first } ?? rows.count
        var seasons: [[Played]] = []
        var year: Season?
        var model: OutcomeRegression?
        for place in start..<rows.count {
            let row = rows[place]
            let season = row.match.fixture.key.season
            if season != year { seasons.append([]) }
            year = season
            if (place - start).isMultiple(of: Self.refitted) {
                // Matches of the same day are not over when the model is fitted.
                let past = rows[taught..<place].filter { $0.match.fixture.day < row.match.fixture.day }
                model = Self.fitted(past)
            }
            guard let odds = row.match.fixture.forecastOdds else { continue }
            let values = FeatureSet.noOdds.values(of: row.features)
            let market = odds.probabilities(.power).values
            let said = values.allSatisfy(\.isFinite) ? model?.probabilities(values).values : nil
            seasons[seasons.count - 1].append(
                Played(
                    season: season, market: market, withoutOdds: said ?? market,
                    outcome: row.match.result.outcome.rawValue, match: row.match))
        }
        self.seasons = seasons.filter { $0.count >= 300 }
        let known = rows[taught..<start].map { (SeedColumns.values(of: $0.match), $0.match.result.outcome.rawValue) }
            .filter { $0.0.allSatisfy(\.isFinite) }
        let recipe = Recipe(.seedAfterTheMatch)
        seed =
            known.isEmpty
            ? nil
            : try await Forest.train(
                TrainingSet(
                    features: known.map(\.0), labels: known.map(\.1), classes: 3, featureNames: SeedColumns.names),
                options: recipe.forest)
    }

    /// What the seed's serving path says: its forest, given the match's odds and random numbers for the statistics, which
    /// are not known before a match.
    ///
    /// - Returns: Probabilities of at least 0.005 before they are made to sum to 1; nil without the seed's columns.
    func seedForecast(_ played: Played, _ draws: inout SplitMix) -> [Double]? {
        guard let seed, let odds = played.match.fixture.odds[Quote(.bet365)] else { return nil }
        guard let said = try? seed.probabilities(SeedColumns.served(odds, &draws)) else { return nil }
        return OutcomeProbabilities(normalising: said.map { max($0, 0.005) }).values
    }

    private static func fitted(_ past: [Fitted.Row]) -> OutcomeRegression? {
        let columns = FeatureSet.noOdds.columns
        let usable = past.filter { row in columns.allSatisfy { row.features[$0].isFinite } }
        return OutcomeRegression(
            usable.map { (FeatureSet.noOdds.values(of: $0.features), $0.match.result.outcome) })
    }
}
