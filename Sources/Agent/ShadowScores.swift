internal import Football
internal import History

extension Snapshot {
    /// How the candidates of the time did beside the champions on live matches.
    struct ShadowScores: Sendable {
        /// What it was computed from, newest first.
        let pairs: [ShadowPair]
        /// Log loss, candidate less champion; nil without a pair.
        let logLoss: Estimate?

        /// Compares the forecasts of each pair; those that are known already are not computed again.
        init(_ pairs: [ShadowPair], before: ShadowScores? = nil) {
            self.pairs = pairs
            if let before, before.pairs == pairs {
                logLoss = before.logLoss
                return
            }
            // The champion takes the place that the market has in the other scores.
            let settled = pairs.map { pair in
                SettledForecast(
                    season: pair.key.season, day: Day(inLondon: pair.deadline), outcome: pair.outcome,
                    model: pair.candidate, market: pair.champion, baseRate: nil)
            }
            logLoss = WindowScores(.last(pairs.count), of: settled)?.difference?.logLoss
        }
    }
}

extension EvaluateJob {
    /// The candidates beside the champions, over as many of the newest matches as alerts judge by.
    static func shadows(
        _ history: History, window: Int, before: Snapshot.ShadowScores? = nil
    ) async throws(JobError) -> Snapshot.ShadowScores {
        let pairs = try await withHistory { () throws(HistoryError) in try await history.shadowPairs(limit: window) }
        return Snapshot.ShadowScores(pairs, before: before)
    }
}
