internal import Football
internal import History

extension Settings.Betting {
    /// The strategies that bet.
    var strategies: [BettingStrategy] {
        guard enabled else { return [] }
        return [
            .flat(stake: Double(flatStake), edge: flatEdge), .kelly(fraction: kellyFraction, cap: kellyCap),
            .rule(confidence: ruleConfidence, edge: ruleEdge, cap: ruleCap),
        ]
    }
}

extension Snapshot {
    /// What each strategy's simulated bets came to, by its name.
    typealias BettingRecords = [String: BettingRecord]

    /// Sums up every wallet.
    static func bettingRecords(_ history: History) async throws(JobError) -> BettingRecords {
        let wallets = try await withHistory { () throws(HistoryError) in try await history.wallets() }
        return Dictionary(
            wallets.map { ($0.strategy, BettingRecord(openingBalance: $0.openingBalance, bets: $0.bets)) }
        ) { first, _ in first }
    }
}
