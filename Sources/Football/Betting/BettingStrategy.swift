/// How a simulated bettor chooses an outcome and a stake; no money moves anywhere.
public enum BettingStrategy: Hashable, Sendable {
    /// The same stake on the outcome of the highest expected value, where that is above `edge` a unit staked.
    case flat(stake: Double, edge: Double = 0)
    /// A fraction of Kelly's stake on the outcome of the highest expected value, at most `cap` of the balance.
    ///
    /// Source: J. L. Kelly, Bell System Technical Journal 35 (1956).
    case kelly(fraction: Double, cap: Double)
    /// Kelly's stake, at most `cap` of the balance, on the likeliest outcome, where it is likely and valuable enough.
    case rule(confidence: Double, edge: Double, cap: Double)

    /// The label values that metrics use.
    public static let names = ["flat", "kelly", "rule"]

    /// The strategy's label value.
    public var name: String {
        switch self {
        case .flat: "flat"
        case .kelly: "kelly"
        case .rule: "rule"
        }
    }

    /// The bet on one match, or nil to leave it alone.
    ///
    /// - Parameters:
    ///   - forecast: What the model says.
    ///   - odds: The odds on offer.
    ///   - balance: What the wallet holds, stakes of open bets left out; the stake is never more.
    /// - Returns: A wager whose stake is above 0.
    public func wager(_ forecast: OutcomeProbabilities, _ odds: Odds, balance: Double) -> Wager? {
        let edges = Outcome.allCases.map { forecast[$0] * odds[$0] - 1 }
        let valued = Outcome.allCases.reduce(.home) { edges[$1.rawValue] > edges[$0.rawValue] ? $1 : $0 }
        let likeliest = Outcome.allCases.reduce(.home) { forecast[$1] > forecast[$0] ? $1 : $0 }
        let outcome: Outcome
        let stake: Double
        switch self {
        case .flat(let units, let edge):
            guard edges[valued.rawValue] > edge, balance >= units else { return nil }
            (outcome, stake) = (valued, units)
        case .kelly(let fraction, let cap):
            guard edges[valued.rawValue] > 0 else { return nil }
            outcome = valued
            stake = balance * min(fraction * edges[valued.rawValue] / (odds[valued] - 1), cap)
        case .rule(let confidence, let edge, let cap):
            guard forecast[likeliest] >= confidence, edges[likeliest.rawValue] >= edge else { return nil }
            outcome = likeliest
            stake = balance * min(edges[likeliest.rawValue] / (odds[likeliest] - 1), cap)
        }
        guard stake > 0 else { return nil }
        return Wager(outcome: outcome, odds: odds[outcome], probability: forecast[outcome], stake: stake)
    }
}

/// A bet that a strategy would place.
public struct Wager: Hashable, Sendable {
    /// What it is placed on.
    public let outcome: Outcome
    /// The odds at which it is placed.
    public let odds: Double
    /// The model's probability of the outcome.
    public let probability: Double
    /// How much is placed, in the wallet's units; above 0.
    public let stake: Double
}

extension Odds {
    /// The odds of one outcome.
    public subscript(outcome: Outcome) -> Double {
        switch outcome {
        case .home: home
        case .draw: draw
        case .away: away
        }
    }
}
