internal import Football
internal import Forest
internal import FoundationEssentials
internal import History
internal import Logging

/// Scores a model on the newest matches, having trained it only on those before; then trains one on all and serves it.
struct TrainJob: Job {
    let history: History
    let executor: TrainingExecutor
    let progress: TrainingProgress
    let isSynthetic: Bool
    let logger: Logger

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let matches = try await withHistory { () throws(HistoryError) in try await history.matches() }
        let model = context.settings.model
        guard matches.count >= model.minimumMatches else {
            throw .tooFewMatches(have: matches.count, need: model.minimumMatches)
        }
        let started = ContinuousClock.now
        let answer: Trained?
        do {
            answer = try await withTaskExecutorPreference(executor) { try await train(matches, model) }
        } catch let error as ForestError {
            throw if case .cancelled = error { .cancelled } else { .forest(error) }
        } catch {
            throw .cancelled
        }
        guard let trained = answer else { throw .tooFewMatches(have: 0, need: model.minimumMatches) }
        let seconds = (ContinuousClock.now - started).seconds
        let bytes = trained.model.bytes
        let stored = StoredModel(
            id: nil, trainedAt: context.now, featureSet: ServingModel.featureSet, seed: model.seed,
            options: HoldoutText.options(model), matches: matches.count,
            firstDay: matches.first?.fixture.day ?? Day(containing: context.now),
            lastDay: matches.last?.fixture.day ?? Day(containing: context.now),
            holdout: HoldoutText.encode(trained.holdout), bytes: bytes, synthetic: isSynthetic, trainingSeconds: seconds
        )
        let id = try await withHistory { () throws(HistoryError) in try await history.store(stored) }
        logger.info(
            "model trained",
            metadata: [
                "model": "\(id)", "matches": "\(matches.count)", "seconds": "\(seconds)",
                "holdout_rps": "\(trained.holdout?.model.rankedProbability ?? .nan)",
                "market_rps": "\(trained.holdout?.market?.rankedProbability ?? .nan)",
            ])
        var snapshot = context.snapshot
        snapshot.champion = Snapshot.Champion(
            id: id, model: trained.model, trainedAt: context.now, featureSet: ServingModel.featureSet,
            matches: matches.count, trainingSeconds: seconds, bytes: bytes.count, holdout: trained.holdout)
        return JobResult(itemsIn: matches.count, itemsOut: 1, snapshot: snapshot)
    }

    private struct Trained: Sendable {
        let model: ServingModel
        let holdout: Holdout?
    }

    private func train(_ matches: [Match], _ settings: Settings.Model) async throws -> Trained? {
        let rows = ForecastDesk.rows(for: matches)
        var recipe = Recipe(.known(.market), seed: settings.seed, threads: settings.threads ?? executor.width)
        (recipe.trees, recipe.maximumDepth, recipe.minimumLeaf) =
            (settings.trees, settings.maximumDepth, settings.minimumLeaf)
        // A block larger than a third of the history would leave too little to train its model on.
        let held = min(settings.holdoutMatches, rows.count / 3)
        let past = Array(rows.dropLast(held))
        progress.start(trees: 2 * settings.trees)
        defer { progress.stop() }
        let count = { @Sendable [progress] (_: Int) in progress.finishedTree() }
        guard let pastModel = try await ServingModel.fit(past, recipe, progress: count) else { return nil }
        let (holdout, calibration) = try score(pastModel, on: Array(rows.suffix(held)), past: past)
        return try await ServingModel.fit(rows, recipe, calibration: calibration, progress: count)
            .map { Trained(model: $0, holdout: holdout) }
    }

    /// Scores a model on matches that it has not seen, and learns from those forecasts how to correct the next ones.
    private func score(
        _ trained: ServingModel, on rows: [Fitted.Row], past: [Fitted.Row]
    ) throws(ForestError) -> (Holdout?, Calibration) {
        var model: [(OutcomeProbabilities, Outcome)] = []
        var market: [(OutcomeProbabilities, Outcome)] = []
        var withOdds: [Calibration.Past] = []
        for row in rows {
            let outcome = row.match.result.outcome
            let odds = row.match.fixture.forecastOdds
            let forecast = try trained.forecast(row.features, odds: odds)
            model.append((forecast.probabilities, outcome))
            if let odds {
                market.append((odds.impliedProbabilities, outcome))
                withOdds.append((forecast.probabilities, odds.probabilities(.power), outcome))
            }
        }
        let baseRate = OutcomeProbabilities(frequenciesOf: past.map(\.match.result.outcome))
        let calibration = Calibration.best(for: withOdds)
        guard let modelScores = Holdout.Scores(ScoreSummary(model)),
            let baseScores = Holdout.Scores(ScoreSummary(rows.map { (baseRate, $0.match.result.outcome) }))
        else { return (nil, calibration) }
        let holdout = Holdout(
            matches: rows.count, model: modelScores,
            market: market.count == rows.count ? Holdout.Scores(ScoreSummary(market)) : nil, baseRate: baseScores)
        return (holdout, calibration)
    }
}

extension OutcomeProbabilities {
    /// The share of each outcome, with one of each added so that none is impossible.
    init(frequenciesOf outcomes: [Outcome]) {
        let share = { (outcome: Outcome) in
            Double(outcomes.count { $0 == outcome } + 1) / Double(outcomes.count + Outcome.allCases.count)
        }
        self.init(home: share(.home), draw: share(.draw), away: share(.away))
    }
}
