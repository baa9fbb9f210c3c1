/// A simulated bet, and how it ended.
public struct PlacedBet: Hashable, Sendable {
    /// How a bet can end.
    public enum State: String, CaseIterable, Sendable {
        /// The match has no result yet.
        case open
        /// The outcome happened: the stake comes back times the odds.
        case won
        /// Another outcome happened.
        case lost
        /// The match was put off: the stake comes back.
        case void
    }

    /// The day of the match.
    public let day: Day
    /// How it ended.
    public let state: State
    /// What was placed, in the wallet's units.
    public let stake: Double
    /// The odds at which it was placed.
    public let odds: Double
    /// The same bookmaker's last odds before kick-off; nil where they are not known.
    public let closingOdds: Double?

    /// Makes a bet.
    public init(day: Day, state: State, stake: Double, odds: Double, closingOdds: Double?) {
        self.day = day
        self.state = state
        self.stake = stake
        self.odds = odds
        self.closingOdds = closingOdds
    }

    /// What comes back; 0 for one that is open or lost.
    public var returned: Double {
        switch state {
        case .won: stake * odds
        case .void: stake
        case .open, .lost: 0
        }
    }

    /// Whether it was decided by a result.
    var isDecided: Bool { state == .won || state == .lost }
}

/// What a strategy's simulated bets came to.
public struct BettingRecord: Hashable, Sendable {
    /// What the wallet began with.
    public let openingBalance: Double
    /// What it holds now; stakes of open bets are out of it.
    public let balance: Double
    /// How many bets there are in each state.
    public let bets: [PlacedBet.State: Int]
    /// Stakes of the bets that were won or lost.
    public let staked: Double
    /// What came back of them.
    public let returned: Double
    /// Profit over stakes of the bets that were won or lost, with its interval by matchweek; nil without any.
    public let yield: Estimate?
    /// How far the balance is below its highest, as a share of that; 0 at the highest.
    public let drawdown: Double
    /// The largest drawdown there has been.
    public let maximumDrawdown: Double
    /// The mean of odds over closing odds, less 1, over the bets whose closing odds are known; nil without any.
    ///
    /// Above 0 the bets were placed at better odds than the market came to think right, which tells skill from luck
    /// sooner than the profit does.
    public let closingLineValue: Estimate?

    /// Sums up bets.
    ///
    /// - Parameters:
    ///   - openingBalance: What the wallet began with.
    ///   - bets: All bets, in the order in which they were placed.
    ///   - seed: Where the bootstrap's draws come from; equal seeds give equal intervals.
    public init(openingBalance: Double, bets: [PlacedBet], seed: UInt64 = 0) {
        var (settled, highest, deepest) = (openingBalance, openingBalance, 0.0)
        var bootstrap = JointBootstrap()
        var counts = Dictionary(uniqueKeysWithValues: PlacedBet.State.allCases.map { ($0, 0) })
        for bet in bets {
            counts[bet.state, default: 0] += 1
            guard bet.isDecided else { continue }
            let profit = bet.returned - bet.stake
            settled += profit
            highest = max(highest, settled)
            deepest = max(deepest, (highest - settled) / highest)
            bootstrap.add(
                [(profit, bet.stake), bet.closingOdds.map { (bet.odds / $0 - 1, 1) }], on: bet.day)
        }
        let decided = bets.filter(\.isDecided)
        let estimates = bootstrap.estimates(seed: seed)
        self.openingBalance = openingBalance
        balance = settled - bets.reduce(0) { $0 + ($1.state == .open ? $1.stake : 0) }
        self.bets = counts
        staked = decided.reduce(0) { $0 + $1.stake }
        returned = decided.reduce(0) { $0 + $1.returned }
        yield = estimates.first ?? nil
        drawdown = (highest - settled) / highest
        maximumDrawdown = deepest
        closingLineValue = estimates.last ?? nil
    }
}
