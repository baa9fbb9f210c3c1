internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Print how settled forecasts did, by window, beside the market and the base rates.",
        discussion: """
            Reads the database and prints the numbers of /metrics: a match counts once, by the forecast that was served at
            its kick-off. Each mean has its 95 % interval, Wilson's for the accuracy and drawn by matchweek for the rest.
            Differences are to the market's probabilities on the same matches; below 0 is better than the market.
            Changes nothing; a running agent need not be stopped.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print everything as JSON, reliability bins and measures by outcome included.")
    var json = false

    func run() async throws {
        let agent = try configuration.agent(logging: .warn)
        if Terminal.isInteractive { Terminal.redraw("reading the settled forecasts ...") }
        _ = try await agent.once([])
        if Terminal.isInteractive { Terminal.redraw("") }
        Terminal.print(json ? try JSONText.of(agent.scoreReport) : Tables.scores(agent.scoreReport))
    }
}

struct BetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bets",
        abstract: "Print what the simulated bettors came to; no money moves anywhere.",
        discussion: """
            Three strategies bet at the odds that the forecast standing at kick-off was made at: a flat stake and a fraction
            of Kelly's on the outcome of the highest expected value, and a rule that asks for confidence and an edge. The
            section betting of the configuration sets their numbers. Changes nothing.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print the wallets as JSON.")
    var json = false

    func run() async throws {
        let agent = try configuration.agent(logging: .warn)
        _ = try await agent.once([])
        let report = agent.bettingReport
        if json { return Terminal.print(try JSONText.of(report)) }
        Terminal.print(BettingReport.banner + "\n")
        Terminal.print(report.wallets.isEmpty ? "no wallet has been opened yet" : Tables.bets(report))
    }
}

extension Tables {
    /// The scores, a forecaster a line.
    fileprivate static func scores(_ report: ScoreReport) -> String {
        guard !report.windows.isEmpty else { return "no forecast has been settled yet" }
        var rows = [["window", "forecaster", "matches", "accuracy", "log loss", "RPS", "Brier", "ECE"]]
        var differences = [["window", "matches", "log loss", "RPS", "Brier"]]
        var (leftOut, shown): ([String], Set<Int>) = ([], [])
        for window in report.windows {
            // Early in a history the longer windows hold the same few matches.
            let matches = window.forecasters["model"]?.matches ?? 0
            guard shown.insert(matches).inserted || window.isWatched || window.window == "season" else {
                leftOut.append(window.window)
                continue
            }
            let name = window.window + (window.isWatched ? " *" : "")
            for forecaster in ["model", "market", "base_rate"] {
                guard let scores = window.forecasters[forecaster] else { continue }
                rows.append([
                    name, forecaster, "\(scores.matches)", estimate(scores.accuracy, 3), estimate(scores.logLoss, 4),
                    estimate(scores.rankedProbability, 4), estimate(scores.brier, 4),
                    scores.calibrationError.map { fixed($0, 3) } ?? "",
                ])
            }
            guard let difference = window.difference else { continue }
            differences.append([
                name, "\(difference.matches)", estimate(difference.logLoss, 4),
                estimate(difference.rankedProbability, 4), estimate(difference.brier, 4),
            ])
        }
        return table(rows) + "\n\nmodel less market, on the same matches\n" + table(differences)
            + "\n\n* the window that alerts judge by"
            + (leftOut.isEmpty ? "" : "\nleft out, being the same matches: \(leftOut.joined(separator: ", "))")
    }

    /// The wallets, one a line.
    fileprivate static func bets(_ report: BettingReport) -> String {
        let head = [
            "strategy", "balance", "of", "won", "lost", "open", "void", "staked", "returned", "yield", "drawdown",
            "deepest", "closing-line value",
        ]
        let rows = report.wallets.map { wallet in
            [wallet.strategy, fixed(wallet.balance, 2), fixed(wallet.openingBalance, 0)]
                + ["won", "lost", "open", "void"].map { "\(wallet.bets[$0] ?? 0)" }
                + [
                    fixed(wallet.staked, 2), fixed(wallet.returned, 2),
                    wallet.yield.map { estimate($0, 3) } ?? "unknown", fixed(wallet.drawdown, 3),
                    fixed(wallet.deepestDrawdown, 3), wallet.closingLineValue.map { estimate($0, 4) } ?? "unknown",
                ]
        }
        return table([head] + rows)
    }

    private static func estimate(_ value: ScoreReport.Estimate, _ places: Int) -> String {
        guard let lower = value.lower, let upper = value.upper else { return fixed(value.value, places) }
        return "\(fixed(value.value, places)) (\(fixed(lower, places)) to \(fixed(upper, places)))"
    }
}
