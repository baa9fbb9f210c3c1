internal import Football
internal import FoundationEssentials
internal import History

/// Scores each forecast once its result is known, again if the result was corrected, sums up the newest, and settles and
/// places simulated bets.
struct EvaluateJob: Job {
    let history: History
    let instruments: SettlementInstruments

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let settlements = try await withHistory { () throws(HistoryError) in try await history.settlements() }
        let evaluations = settlements.map { Evaluation($0, at: context.now) }
        let written = try await withHistory { () throws(HistoryError) in try await history.store(evaluations) }
        instruments.count(settlements)
        var snapshot = context.snapshot
        snapshot.scores = try await EvaluateJob.scores(
            history, window: context.settings.score.windowMatches, before: snapshot.scores)
        snapshot.shadows = try await EvaluateJob.shadows(
            history, window: context.settings.score.windowMatches, before: snapshot.shadows)
        let betting = context.settings.betting
        let bets = try await withHistory { () throws(HistoryError) in
            try await history.bet(
                betting.strategies, openingBalance: Double(betting.openingBalance), at: context.now)
        }
        if !bets.isNothing || betting.strategies.count > snapshot.betting?.count ?? -1 {
            snapshot.betting = try await Snapshot.bettingRecords(history)
        }
        return JobResult(
            itemsIn: settlements.count, itemsOut: written + bets.placed + bets.settled, snapshot: snapshot)
    }

    /// Scores over the newest settled forecasts; nil while there are none.
    ///
    /// - Parameters:
    ///   - history: Where the forecasts and their results are.
    ///   - window: The matches of the window that alerts judge by.
    ///   - before: The scores that are known; they are returned where nothing has changed since.
    /// - Returns: The scores of every window.
    /// - Throws: ``JobError`` if PostgreSQL does not do its part.
    static func scores(
        _ history: History, window: Int, before: Snapshot.LiveScores? = nil
    ) async throws(JobError) -> Snapshot.LiveScores? {
        let limit = max(window, Snapshot.LiveScores.longestSeason)
        let recent = try await withHistory { () throws(HistoryError) in
            try await history.recentEvaluations(limit: limit)
        }
        if let before, before.evaluations == recent, before.watched == .last(window) { return before }
        return Snapshot.LiveScores(recent, window: window)
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
            market: prediction.market, baseRate: settlement.baseRate,
            hit: Score.hit(prediction.probabilities, outcome),
            logLoss: Score.logLoss(prediction.probabilities, outcome),
            rankedProbability: Score.rankedProbability(prediction.probabilities, outcome),
            brier: Score.brier(prediction.probabilities, outcome),
            marketLogLoss: prediction.market.map { Score.logLoss($0, outcome) },
            marketRankedProbability: prediction.market.map { Score.rankedProbability($0, outcome) },
            evaluatedAt: instant)
    }
}
