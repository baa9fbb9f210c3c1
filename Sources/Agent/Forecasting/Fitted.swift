internal import Football
internal import Forest

/// A forecaster that has learnt.
enum Fitted: Sendable {
    /// Residuals against the market's consensus, by a forest.
    case offset(RegressionForest, FeatureSet, shrinkage: Double)
    /// Outcomes, by a forest.
    case forest(Forest, FeatureSet)
    /// Outcomes, by logistic regression.
    case regression(OutcomeRegression, FeatureSet)
    /// Outcomes by a forest on the seed's columns of the same match.
    case benchmark(Forest)

    /// One match and what was known before it.
    typealias Row = (match: Match, features: [Double])

    /// Learns from matches; nil if none of them can be learnt from.
    @concurrent
    static func fit(
        _ rows: [Row], _ recipe: Recipe, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> Fitted? {
        switch recipe.columns {
        case .seedAfterTheMatch:
            guard !rows.isEmpty else { return nil }
            let set = try TrainingSet(
                features: rows.map { SeedColumns.values(of: $0.match) },
                labels: rows.map(\.match.result.outcome.rawValue), classes: 3,
                featureNames: SeedColumns.names)
            return .benchmark(try await Forest.train(set, options: recipe.forest, progress: progress))
        case .known(.noOdds):
            let columns = FeatureSet.noOdds.columns
            let usable = rows.filter { row in columns.allSatisfy { row.features[$0].isFinite } }
            return OutcomeRegression(
                usable.map { (FeatureSet.noOdds.values(of: $0.features), $0.match.result.outcome) }
            ).map { .regression($0, .noOdds) }
        case .known(.seed15):
            guard !rows.isEmpty else { return nil }
            let set = try TrainingSet(
                features: rows.map { FeatureSet.seed15.values(of: $0.features) },
                labels: rows.map(\.match.result.outcome.rawValue),
                classes: 3, featureNames: FeatureSet.seed15.names)
            return .forest(try await Forest.train(set, options: recipe.forest, progress: progress), .seed15)
        case .known(let set):
            let lesson = MarketLesson(rows, recipe)
            guard !lesson.rows.isEmpty else { return nil }
            let training = try RegressionSet(
                features: lesson.rows.map { set.values(of: $0.features) }, targets: lesson.rows.map(\.residuals),
                featureNames: set.names)
            return .offset(
                try await RegressionForest.train(training, options: recipe.forest, progress: progress), set,
                shrinkage: lesson.shrinkage)
        }
    }

    /// The forecast of a match; nil if it lacks what this forecaster needs.
    func forecast(_ row: Row) throws(ForestError) -> OutcomeProbabilities? {
        if case .benchmark(let forest) = self {
            return OutcomeProbabilities(normalising: try forest.probabilities(SeedColumns.values(of: row.match)))
        }
        return try forecast(row.features)
    }

    /// The forecast of a fixture, from a row of a ``LeagueBook``; nil if it lacks what this forecaster needs.
    func forecast(_ features: [Double]) throws(ForestError) -> OutcomeProbabilities? {
        switch self {
        case .offset(let forest, let set, let shrinkage):
            guard let market = LeagueBook.market(in: features) else { return nil }
            let residuals = try forest.predictions(set.values(of: features), shrinkage: shrinkage)
            return OutcomeProbabilities(
                normalising: zip(market.values, residuals).map { min(1, max(0.005, $0 + $1)) })
        case .forest(let forest, let set):
            return OutcomeProbabilities(normalising: try forest.probabilities(set.values(of: features)))
        case .regression(let regression, let set):
            let values = set.values(of: features)
            return values.allSatisfy(\.isFinite) ? regression.probabilities(values) : nil
        case .benchmark: return nil
        }
    }
}
