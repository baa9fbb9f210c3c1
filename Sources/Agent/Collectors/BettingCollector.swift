internal import Exposition
internal import Football

/// The betting simulation: what each strategy's bets came to, while no money moves anywhere.
struct BettingCollector: Collector {
    private static let strategy = ["strategy"]

    static let enabled = Descriptor.gauge(
        "touchline_betting_enabled", "Whether bets are simulated (1) or not (0); real ones never are placed.")
    static let limit = Descriptor.gauge(
        "touchline_betting_drawdown_limit_ratio", "Simulation: the drawdown that is reported, as a share of the peak.")
    static let balance = Descriptor.gauge(
        "touchline_betting_balance",
        "Simulation: what a wallet holds, in its units; stakes of open bets are out of it.",
        labels: strategy)
    static let opening = Descriptor.gauge(
        "touchline_betting_opening_balance", "Simulation: what a wallet began with, in its units.", labels: strategy)
    static let bets = Descriptor.gauge(
        "touchline_betting_bets", "Simulation: bets that were placed, by how they stand.",
        labels: ["strategy", "status"])
    static let staked = Descriptor.gauge(
        "touchline_betting_staked", "Simulation: stakes of the bets that were won or lost, in the wallet's units.",
        labels: strategy)
    static let returned = Descriptor.gauge(
        "touchline_betting_returned", "Simulation: what came back of those stakes, in the wallet's units.",
        labels: strategy)
    static let yield = Descriptor.gauge(
        "touchline_betting_yield_ratio", "Simulation: profit over stakes of the bets that were won or lost.",
        labels: strategy)
    static let yieldBound = Descriptor.gauge(
        "touchline_betting_yield_bound_ratio", "Simulation: bounds of the yield's 95 % interval, drawn by matchweek.",
        labels: ["strategy", "bound"])
    static let drawdown = Descriptor.gauge(
        "touchline_betting_drawdown_ratio", "Simulation: how far a wallet is below its peak, as a share of it.",
        labels: strategy)
    static let deepest = Descriptor.gauge(
        "touchline_betting_deepest_drawdown_ratio", "Simulation: the largest drawdown that a wallet has had.",
        labels: strategy)
    static let closingLine = Descriptor.gauge(
        "touchline_betting_closing_line_value_ratio",
        "Simulation: mean of the odds taken over the same bookmaker's closing odds, less 1; above 0 beats the market.",
        labels: strategy)
    static let closingLineBound = Descriptor.gauge(
        "touchline_betting_closing_line_value_bound_ratio",
        "Simulation: bounds of the mean closing-line value's 95 % interval, drawn by matchweek.",
        labels: ["strategy", "bound"])
    static let descriptors = [
        enabled, limit, balance, opening, bets, staked, returned, yield, yieldBound, drawdown, deepest, closingLine,
        closingLineBound,
    ]

    let name = "betting"
    let snapshots: SnapshotStore
    let settings: SettingsStore

    func collect() -> [Family] {
        let records = (snapshots.current?.betting ?? [:]).sorted { $0.key < $1.key }
        let settings = settings.current.betting
        func family(_ descriptor: Descriptor, _ value: (BettingRecord) -> Double?) -> Family {
            var family = Family(descriptor)
            for (strategy, record) in records { family.append(value(record), labels: [strategy]) }
            return family
        }
        func bounds(_ descriptor: Descriptor, _ estimate: (BettingRecord) -> Estimate?) -> Family {
            var family = Family(descriptor)
            for (strategy, record) in records {
                let interval = estimate(record)?.interval
                family.append(interval?.lower, labels: [strategy, "lower"])
                family.append(interval?.upper, labels: [strategy, "upper"])
            }
            return family
        }
        var bets = Family(Self.bets)
        for (strategy, record) in records {
            for state in PlacedBet.State.allCases {
                bets.append(Double(record.bets[state, default: 0]), labels: [strategy, state.rawValue])
            }
        }
        return [
            Family(Self.enabled, settings.enabled ? 1 : 0), Family(Self.limit, settings.drawdownLimit), bets,
            family(Self.balance) { $0.balance }, family(Self.opening) { $0.openingBalance },
            family(Self.staked) { $0.staked }, family(Self.returned) { $0.returned },
            family(Self.yield) { $0.yield?.value }, bounds(Self.yieldBound) { $0.yield },
            family(Self.drawdown) { $0.drawdown }, family(Self.deepest) { $0.maximumDrawdown },
            family(Self.closingLine) { $0.closingLineValue?.value },
            bounds(Self.closingLineBound) { $0.closingLineValue },
        ]
    }
}
