internal import Football
internal import Forest

/// The model that serves: what to do with odds, what without, and what when nothing is known.
struct ServingModel: Sendable {
    /// What it is called where a model is stored and reported.
    static let featureSet = FeatureSet.market.rawValue

    /// Residuals against the market.
    let offset: RegressionForest
    /// How many matches the assumption weighs that the market is right.
    let shrinkage: Double
    /// For fixtures without odds; nil where the history had no such features.
    let noOdds: OutcomeRegression?
    /// How often each outcome happened.
    let prior: OutcomeProbabilities
    /// A correction of the forecasts made with odds.
    let calibration: Calibration

    /// A forecast and what it was made from.
    typealias Forecast = (probabilities: OutcomeProbabilities, tier: ForecastTier)

    /// Learns from the rows of a ``LeagueBook``; nil if no match had odds.
    static func fit(
        _ rows: [Fitted.Row], _ recipe: Recipe, calibration: Calibration = .none,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> ServingModel? {
        var recipe = recipe
        recipe.columns = .known(.market)
        guard case .offset(let forest, _, let shrinkage) = try await Fitted.fit(rows, recipe, progress: progress) else {
            return nil
        }
        recipe.columns = .known(.noOdds)
        var regression: OutcomeRegression?
        if case .regression(let fitted, _) = try await Fitted.fit(rows, recipe) { regression = fitted }
        return ServingModel(
            offset: forest, shrinkage: shrinkage, noOdds: regression,
            prior: OutcomeProbabilities(frequenciesOf: rows.map(\.match.result.outcome)), calibration: calibration)
    }

    /// The same model with another correction.
    func calibrated(by calibration: Calibration) -> ServingModel {
        ServingModel(offset: offset, shrinkage: shrinkage, noOdds: noOdds, prior: prior, calibration: calibration)
    }

    /// The forecast of a match from what is known before it, by the best tier that has what it needs.
    func forecast(_ features: [Double]) throws(ForestError) -> Forecast {
        if let forecast = try Fitted.offset(offset, .market, shrinkage: shrinkage).forecast(features) {
            return (calibration.apply(forecast, market: LeagueBook.market(in: features)), .market)
        }
        if let noOdds, let forecast = try Fitted.regression(noOdds, .noOdds).forecast(features) {
            return (forecast, .noOdds)
        }
        return (prior, .prior)
    }
}
