internal import Football
internal import Forest
internal import FoundationEssentials
internal import History

extension TrainJob {
    /// A model, and how its recipe did on matches that it had not seen.
    struct Trained: Sendable {
        let model: ServingModel
        let holdout: Holdout?
        let judgement: Judgement
    }

    /// Judges the recipe and trains the model on everything, on the executor that is there for it.
    func train(
        _ matches: [Match], _ recipe: Recipe, against champion: WalkForward.Champion?, _ settings: Settings.Model
    ) async throws(JobError) -> Trained {
        let answer: Trained?
        do {
            answer = try await withTaskExecutorPreference(executor) {
                try await trained(matches, recipe, against: champion, settings)
            }
        } catch let error as ForestError {
            throw if case .cancelled = error { .cancelled } else { .forest(error) }
        } catch {
            throw .cancelled
        }
        guard let answer else { throw .tooFewMatches(have: 0, need: settings.minimumMatches) }
        return answer
    }

    private func trained(
        _ matches: [Match], _ recipe: Recipe, against champion: WalkForward.Champion?, _ settings: Settings.Model
    ) async throws -> Trained? {
        let rows = ForecastDesk.rows(for: matches)
        // A block larger than a third of the history would leave too little to train its model on.
        let walk = WalkForward(
            rows: rows, held: min(settings.holdoutMatches, rows.count / 3), recipe: recipe, champion: champion)
        progress.start(trees: (walk.fits + 1) * recipe.trees)
        defer { progress.stop() }
        let count = { @Sendable [progress] (_: Int) in progress.finishedTree() }
        guard let forecasts = try await walk.forecasts(progress: count) else { return nil }
        let judgement = Judgement(
            forecasts.judged, hasChampion: champion != nil, policy: Judgement.Policy(margin: settings.promotionMargin))
        let baseRate = OutcomeProbabilities(frequenciesOf: walk.past.map(\.match.result.outcome))
        let calibration = Calibration.best(for: forecasts.withOdds)
        return try await ServingModel.fit(rows, recipe, calibration: calibration, progress: count)
            .map { Trained(model: $0, holdout: Holdout(forecasts.judged, baseRate: baseRate), judgement: judgement) }
    }
}

extension Holdout {
    /// Scores forecasts of held-out matches, the market and the base rates; nil without any.
    init?(_ judged: [JudgedMatch], baseRate: OutcomeProbabilities) {
        let market = judged.compactMap { match in match.market.map { ($0, match.outcome) } }
        guard let model = Scores(ScoreSummary(judged.map { ($0.candidate, $0.outcome) })),
            let base = Scores(ScoreSummary(judged.map { (baseRate, $0.outcome) }))
        else { return nil }
        self.init(
            matches: judged.count, model: model,
            market: market.count == judged.count ? Scores(ScoreSummary(market)) : nil, baseRate: base)
    }
}
