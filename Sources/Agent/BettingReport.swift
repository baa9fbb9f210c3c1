internal import Football

/// What the simulated bettors came to, as a terminal shows it and as JSON.
public struct BettingReport: Sendable, Encodable {
    /// What stands wherever bets are shown.
    public static let banner =
        "SIMULATION: no bet is placed and no money moves anywhere. This says nothing about what real bets would bring."

    /// One strategy's wallet.
    public struct Wallet: Sendable, Encodable {
        /// The strategy: `flat`, `kelly` or `rule`.
        public let strategy: String
        /// What it began with, in its own units.
        public let openingBalance: Double
        /// What it holds; stakes of open bets are out of it.
        public let balance: Double
        /// Bets by how they stand: `open`, `won`, `lost` and `void`.
        public let bets: [String: Int]
        /// Stakes of the bets that were won or lost.
        public let staked: Double
        /// What came back of them.
        public let returned: Double
        /// Profit over those stakes; nil without any.
        public let yield: ScoreReport.Estimate?
        /// How far the balance is below its peak, as a share of it.
        public let drawdown: Double
        /// The largest drawdown there has been.
        public let deepestDrawdown: Double
        /// The mean of the odds taken over the same bookmaker's closing odds, less 1; nil where none are known.
        public let closingLineValue: ScoreReport.Estimate?
    }

    /// Always true: it stands in the JSON for those who see nothing else.
    public let simulation = true
    /// The wallets, by strategy.
    public let wallets: [Wallet]

    init(_ records: Snapshot.BettingRecords) {
        wallets = records.sorted { $0.key < $1.key }.map { strategy, record in
            Wallet(
                strategy: strategy, openingBalance: record.openingBalance, balance: record.balance,
                bets: Dictionary(uniqueKeysWithValues: record.bets.map { ($0.key.rawValue, $0.value) }),
                staked: record.staked, returned: record.returned, yield: record.yield.map(ScoreReport.Estimate.init),
                drawdown: record.drawdown, deepestDrawdown: record.maximumDrawdown,
                closingLineValue: record.closingLineValue.map(ScoreReport.Estimate.init))
        }
    }
}

extension Agent {
    /// What the simulated bettors came to, as far as it is known.
    public var bettingReport: BettingReport { BettingReport(snapshots.current?.betting ?? [:]) }
}
