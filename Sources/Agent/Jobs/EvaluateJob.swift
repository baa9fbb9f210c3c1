internal import Football
internal import FoundationEssentials
internal import History

/// Scores each forecast once its result is known, and sums up the newest.
struct EvaluateJob: Job {
    let history: History

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let settlements = try await withHistory { () throws(HistoryError) in try await history.settlements() }
        let evaluations = settlements.map { Evaluation($0, at: context.now) }
        let written = try await withHistory { () throws(HistoryError) in try await history.store(evaluations) }
        var snapshot = context.snapshot
        snapshot.scores = try await EvaluateJob.scores(history, window: context.settings.score.windowMatches)
        return JobResult(itemsIn: settlements.count, itemsOut: written, snapshot: snapshot)
    }

    /// Scores over the newest `window` settled forecasts; nil while there are none.
    static func scores(_ history: History, window: Int) async throws(JobError) -> Snapshot.LiveScores? {
        let recent = try await withHistory { () throws(HistoryError) in
            try await history.recentEvaluations(limit: window)
        }
        guard let model = ScoreSummary(recent.map { ($0.probabilities, $0.outcome) }) else { return nil }
        let market = recent.compactMap { evaluation in evaluation.market.map { ($0, evaluation.outcome) } }
        let differences = recent.compactMap { evaluation in
            evaluation.marketLogLoss.map { evaluation.logLoss - $0 }
        }
        return Snapshot.LiveScores(
            model: model, market: ScoreSummary(market), logLossDifference: PairedDifference(differences))
    }
}

extension Evaluation {
    /// Scores a settled forecast and the market beside it.
    init(_ settlement: Settlement, at instant: Date) {
        let prediction = settlement.prediction
        let outcome = settlement.match.result.outcome
        self.init(
            predictionID: prediction.id ?? 0, modelID: prediction.modelID, key: prediction.key,
            deadline: prediction.deadline, outcome: outcome, probabilities: prediction.probabilities,
            market: prediction.market, hit: Score.hit(prediction.probabilities, outcome),
            logLoss: Score.logLoss(prediction.probabilities, outcome),
            rankedProbability: Score.rankedProbability(prediction.probabilities, outcome),
            brier: Score.brier(prediction.probabilities, outcome),
            marketLogLoss: prediction.market.map { Score.logLoss($0, outcome) },
            marketRankedProbability: prediction.market.map { Score.rankedProbability($0, outcome) },
            evaluatedAt: instant)
    }
}
