import Football

/// All that the reference says of a forecaster over some matches, computed of our forecasts.
///
/// The bounds of its paired differences are left out: they are drawn.
struct RowScores {
    /// By the reference's names.
    let values: [String: Double]
    /// By how much rounding may move a calibration error: forecasts on the very border of two of its ten bins.
    let borderShare: Double

    /// Scores forecasts of rows; nil without any.
    init?(_ forecasts: [(row: Row, says: OutcomeProbabilities)]) {
        let pairs = forecasts.map { ($0.says, $0.row.outcome) }
        guard let summary = ScoreSummary(pairs) else { return nil }
        let market = forecasts.map { $0.row.odds?.probabilities(.proportional) ?? $0.row.market }
        func difference(_ score: (OutcomeProbabilities, Outcome) -> Double) -> Double {
            zip(pairs, market).reduce(0) { $0 + score($1.0.0, $1.0.1) - score($1.1, $1.0.1) } / Double(pairs.count)
        }
        let onBorder = pairs.count { says, _ in
            let place = (says.values.max() ?? 0) * 10
            return abs(place - place.rounded()) < 1e-12
        }
        borderShare = 2 * Double(onBorder) / Double(pairs.count)
        let flat = RowScores.bets(.flat(stake: 1), forecasts, from: 10_000)
        values = [
            "acc": summary.accuracy, "ll": summary.logLoss, "rps": summary.rankedProbability, "brier": summary.brier,
            "ece": CalibrationError.expected(pairs), "ececw": CalibrationError.classwise(pairs),
            "nb": Double(flat.bets[.won, default: 0] + flat.bets[.lost, default: 0]),
            "roi": flat.yield?.value ?? 0,
            "kB": RowScores.bets(.kelly(fraction: 0.25, cap: 0.05), forecasts, from: 1).balance,
            "drps": difference(Score.rankedProbability), "dll": difference(Score.logLoss),
        ]
    }

    /// Bets one after the other, each decided before the next.
    private static func bets(
        _ strategy: BettingStrategy, _ forecasts: [(row: Row, says: OutcomeProbabilities)], from opening: Double
    ) -> BettingRecord {
        var placed: [PlacedBet] = []
        var balance = opening
        for (row, says) in forecasts {
            guard let odds = row.odds, let wager = strategy.wager(says, odds, balance: balance) else { continue }
            let isWon = wager.outcome == row.outcome
            balance += isWon ? wager.stake * (wager.odds - 1) : -wager.stake
            placed.append(
                PlacedBet(
                    day: row.match.fixture.day, state: isWon ? .won : .lost, stake: wager.stake, odds: wager.odds,
                    closingOdds: nil))
        }
        return BettingRecord(openingBalance: opening, bets: placed)
    }
}
