internal import Football
internal import Forest
internal import FoundationEssentials
internal import History
internal import Logging

/// Trains a candidate on the whole history, judges its recipe on the newest matches, and promotes it or not.
struct TrainJob: Job {
    let history: History
    let shelf: ModelShelf
    let executor: TrainingExecutor
    let progress: TrainingProgress
    let instruments: RegistryCollector
    let isSynthetic: Bool
    let logger: Logger

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let matches = try await withHistory { () throws(HistoryError) in try await history.matches() }
        let settings = context.settings.model
        guard matches.count >= settings.minimumMatches else {
            throw .tooFewMatches(have: matches.count, need: settings.minimumMatches)
        }
        let decision = try await decision(context)
        var recipe = Recipe(.known(.market), seed: settings.seed, threads: settings.threads ?? executor.width)
        (recipe.trees, recipe.maximumDepth, recipe.minimumLeaf) =
            (settings.trees, settings.maximumDepth, settings.minimumLeaf)
        let champion = try await rival(context.snapshot.champion, held: settings.holdoutMatches)
        let started = ContinuousClock.now
        let trained = try await train(matches, recipe, against: champion, settings)
        let seconds = (ContinuousClock.now - started).seconds
        let stored = try await stored(trained, recipe, matches, seconds: seconds, at: context.now)
        let verdict = trained.judgement.verdict(requester: decision.requester, at: context.now)
        let change = ModelChange(reason: decision.words, requester: decision.requester, at: context.now)
        let id = try await withHistory { () throws(HistoryError) in
            let id = try await history.register(stored, change, verdict: verdict)
            if let decision = decision.id { try await history.fulfil(decision: decision, with: id) }
            return id
        }
        instruments.judged(trained.judgement)
        tell(trained, id, of: matches.count, seconds: seconds)
        var snapshot = context.snapshot
        let made = Snapshot.Champion(
            id: id, model: trained.model, trainedAt: context.now, featureSet: ServingModel.featureSet,
            matches: matches.count, trainingSeconds: seconds, bytes: stored.bytes.count, holdout: trained.holdout,
            lastDay: stored.lastDay, recipe: recipe)
        if trained.judgement.promotes { snapshot.champion = made } else { snapshot.candidate = made }
        // What became of the others is read from the registry; the model itself is in memory already.
        snapshot.registry.standing = nil
        return JobResult(itemsIn: matches.count, itemsOut: 1, snapshot: try await shelf.refreshed(snapshot))
    }

    /// The decision that is carried out: the one that was made, or that the schedule makes now.
    private func decision(_ context: JobContext) async throws(JobError) -> TrainingDecision {
        if let order = context.snapshot.order { return order }
        var decision = try await DecideJob.facts(context, history, isScheduled: true).decide()
        let made = decision
        decision.id = try await withHistory { () throws(HistoryError) in try await history.record(made) }
        instruments.decided(decision)
        return decision
    }

    /// The champion as the candidate is compared with it.
    private func rival(
        _ champion: Snapshot.Champion?, held: Int
    ) async throws(JobError) -> WalkForward.Champion? {
        guard let champion else { return nil }
        var recorded: [MatchKey: OutcomeProbabilities] = [:]
        if champion.recipe == nil {
            let recent = try await withHistory { () throws(HistoryError) in
                try await history.recentEvaluations(limit: held)
            }
            for evaluation in recent where evaluation.modelID == champion.id {
                recorded[evaluation.key] = evaluation.probabilities
            }
        }
        return WalkForward.Champion(
            model: champion.model, lastDay: champion.lastDay, recipe: champion.recipe, recorded: recorded)
    }

    /// The row of the registry.
    private func stored(
        _ trained: Trained, _ recipe: Recipe, _ matches: [Match], seconds: Double, at instant: Date
    ) async throws(JobError) -> StoredModel {
        let checksum = try await withHistory { () throws(HistoryError) in
            try await history.digest(of: Array(TrainingData.text(of: matches).utf8))
        }
        let today = Day(containing: instant)
        return StoredModel(
            trainedAt: instant, featureSet: ServingModel.featureSet, seed: recipe.seed,
            options: RecipeText.encode(recipe), matches: matches.count, firstDay: matches.first?.fixture.day ?? today,
            lastDay: matches.last?.fixture.day ?? today, holdout: HoldoutText.encode(trained.holdout),
            bytes: trained.model.bytes, synthetic: isSynthetic, trainingSeconds: seconds,
            features: FeatureSet.market.names, dataChecksum: checksum,
            calibration: HoldoutText.encode(trained.model.calibration))
    }

    private func tell(_ trained: Trained, _ id: Int64, of matches: Int, seconds: Double) {
        logger.info(
            "model trained",
            metadata: [
                "model": "\(id)", "matches": "\(matches)", "seconds": "\(seconds)",
                "holdout_rps": "\(trained.holdout?.model.rankedProbability ?? .nan)",
                "market_rps": "\(trained.holdout?.market?.rankedProbability ?? .nan)",
            ])
        logger.log(
            level: trained.judgement.promotes ? .info : .warning,
            trained.judgement.promotes ? "candidate promoted" : "candidate rejected",
            metadata: ["model": "\(id)", "reason": "\(trained.judgement.reason)"])
    }
}
