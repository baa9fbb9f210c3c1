internal import Football

extension LandingRoute {
    /// The simulated wallets, under a banner that says what they are.
    func bets(_ snapshot: Snapshot?) -> String {
        let rows = (snapshot?.betting ?? [:]).sorted { $0.key < $1.key }.map { strategy, record in
            let decided = record.bets[.won, default: 0] + record.bets[.lost, default: 0]
            return [
                strategy, "\((record.balance * 100).rounded() / 100)", "\(decided)",
                "\(record.bets[.open, default: 0])", record.yield.map { Markup.share($0.value) } ?? "",
                Markup.share(record.drawdown),
            ]
        }
        guard !rows.isEmpty else { return "" }
        return "<h2>Simulated bets</h2><p class=\"banner\">\(Markup.escape(BettingReport.banner))</p>"
            + Markup.table(["Strategy", "Balance", "Decided", "Open", "Yield %", "Drawdown %"], rows)
    }
}
