internal import Football
internal import Forest
internal import FoundationEssentials
internal import History
internal import Logging

/// Scores a forest on the newest matches, having trained it only on those before; then trains one on all and serves it.
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
        let trained: Trained
        do {
            trained = try await withTaskExecutorPreference(executor) { try await train(matches, model) }
        } catch let error as ForestError {
            throw if case .cancelled = error { .cancelled } else { .forest(error) }
        } catch {
            throw .cancelled
        }
        let seconds = (ContinuousClock.now - started).seconds
        let bytes = trained.forest.bytes
        let stored = StoredModel(
            id: nil, trainedAt: context.now, featureSet: FeatureTable.setName, seed: model.seed,
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
            id: id, forest: trained.forest, trainedAt: context.now, featureSet: FeatureTable.setName,
            matches: matches.count, trainingSeconds: seconds, bytes: bytes.count, holdout: trained.holdout)
        return JobResult(itemsIn: matches.count, itemsOut: 1, snapshot: snapshot)
    }

    private struct Trained: Sendable {
        let forest: Forest
        let holdout: Holdout?
    }

    private func train(_ matches: [Match], _ settings: Settings.Model) async throws -> Trained {
        let rows = FeatureTable.rows(for: matches)
        let options = ForestOptions(
            trees: settings.trees, maximumDepth: settings.maximumDepth, minimumLeaf: settings.minimumLeaf,
            featuresPerSplit: nil, seed: settings.seed, threads: settings.threads ?? executor.width)
        // A block larger than a third of the history would leave too little to train its model on.
        let held = min(settings.holdoutMatches, rows.count / 3)
        let past = Array(rows.dropLast(held))
        progress.start(trees: 2 * settings.trees)
        defer { progress.stop() }
        let pastForest = try await grow(past, options)
        let holdout = try score(pastForest, on: Array(rows.suffix(held)), past: past)
        return Trained(forest: try await grow(rows, options), holdout: holdout)
    }

    private func grow(
        _ rows: [(match: Match, features: [Double])], _ options: ForestOptions
    ) async throws(ForestError) -> Forest {
        let set = try TrainingSet(
            features: rows.map(\.features), labels: rows.map(\.match.result.outcome.rawValue),
            classes: Outcome.allCases.count, featureNames: FeatureTable.names)
        return try await Forest.train(set, options: options) { [progress] _ in progress.finishedTree() }
    }

    private func score(
        _ forest: Forest, on rows: [(match: Match, features: [Double])], past: [(match: Match, features: [Double])]
    ) throws(ForestError) -> Holdout? {
        var model: [(OutcomeProbabilities, Outcome)] = []
        var market: [(OutcomeProbabilities, Outcome)] = []
        for row in rows {
            model.append((OutcomeProbabilities(try forest.probabilities(row.features)), row.match.result.outcome))
            if let odds = row.match.fixture.marketOdds {
                market.append((odds.impliedProbabilities, row.match.result.outcome))
            }
        }
        let baseRate = OutcomeProbabilities(frequenciesOf: past.map(\.match.result.outcome))
        guard let modelScores = Holdout.Scores(ScoreSummary(model)),
            let baseScores = Holdout.Scores(ScoreSummary(rows.map { (baseRate, $0.match.result.outcome) }))
        else { return nil }
        return Holdout(
            matches: rows.count, model: modelScores,
            market: market.count == rows.count ? Holdout.Scores(ScoreSummary(market)) : nil, baseRate: baseScores)
    }
}

extension OutcomeProbabilities {
    /// A forest's class probabilities, in the order of ``Outcome``.
    init(_ classes: [Double]) {
        self.init(
            home: classes[Outcome.home.rawValue], draw: classes[Outcome.draw.rawValue],
            away: classes[Outcome.away.rawValue])
    }

    /// The share of each outcome, with one of each added so that none is impossible.
    init(frequenciesOf outcomes: [Outcome]) {
        let share = { (outcome: Outcome) in
            Double(outcomes.count { $0 == outcome } + 1) / Double(outcomes.count + Outcome.allCases.count)
        }
        self.init(home: share(.home), draw: share(.draw), away: share(.away))
    }
}
