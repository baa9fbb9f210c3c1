internal import Football
internal import History

extension Snapshot {
    /// Scores of settled live forecasts, and of the market and the base rates on the same matches.
    struct LiveScores: Sendable {
        /// More matches than a league's season has.
        static let longestSeason = 600

        /// The model over the window that alerts judge by.
        let model: ScoreSummary
        /// The market over that window; nil where no settled match had odds.
        let market: ScoreSummary?
        /// Log loss, model minus market, over the matches of that window that had odds.
        let logLossDifference: PairedDifference?
        /// Every window's scores, from the shortest on.
        let windows: [WindowScores]
        /// The window that alerts judge by.
        let watched: ScoreWindow
        /// What they were computed from, newest first.
        let evaluations: [Evaluation]

        /// Sums up evaluations, newest first; nil without any.
        init?(_ evaluations: [Evaluation], window: Int) {
            let recent = evaluations.prefix(window)
            guard let model = ScoreSummary(recent.map { ($0.probabilities, $0.outcome) }) else { return nil }
            let forecasts = evaluations.map(SettledForecast.init)
            self.model = model
            market = ScoreSummary(
                recent.compactMap { evaluation in evaluation.market.map { ($0, evaluation.outcome) } })
            windows = ScoreWindow.all(watched: window).compactMap { WindowScores($0, of: forecasts) }
            watched = .last(window)
            logLossDifference = windows.first { $0.window == .last(window) }?.difference.flatMap { difference in
                difference.logLoss.interval.map {
                    PairedDifference(n: difference.matches, mean: difference.logLoss.value, interval: $0)
                }
            }
            self.evaluations = evaluations
        }
    }
}

extension SettledForecast {
    /// What was said of a match, and what happened.
    init(_ evaluation: Evaluation) {
        self.init(
            season: evaluation.key.season, day: Day(inLondon: evaluation.deadline), outcome: evaluation.outcome,
            model: evaluation.probabilities, market: evaluation.market, baseRate: evaluation.baseRate)
    }
}
