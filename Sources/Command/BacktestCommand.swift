internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Forecast past seasons as they would have been forecast, and score the forecasts.",
        discussion: """
            Walks forward by half-week blocks, Friday to Monday and Tuesday to Thursday: before each block a model is
            trained on the matches before it, and forecasts the block. The first season of the history only teaches
            ratings. Differences are to Bet365's own probabilities, by each way to take its margin out; below 0 is
            better than the market. The history is the database's, or with --data a folder's. For example:
              touchline backtest --from 2021 --to 2023 --output forecasts.csv
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Option(
        help:
            "Folder of season files, 2324/E0.csv and so on, as football-data.co.uk names them. (default: the database)")
    var data: String?

    @Option(help: "The division's code. (default: feed.division)")
    var division: String?

    @Option(help: "\(Backtest.featureSets.joined(separator: ", ")); the last sees the match itself: a benchmark.")
    var features = "market"

    @Option(help: "Year in which the first season to forecast starts.")
    var from: Int

    @Option(help: "Year in which the last season to forecast starts.")
    var to: Int

    @Option(help: "Trees of each forest.")
    var trees: Int?

    @Option(help: "The fewest matches in a leaf.")
    var minimumLeaf: Int?

    @Option(help: "The deepest a tree may grow.")
    var maximumDepth: Int?

    @Option(help: "How many matches the assumption weighs that the market is right.")
    var shrinkage: Double?

    @Flag(help: "Learn from results even where closing odds say what the market came to.")
    var fromResults = false

    @Option(help: "Seed of the forests.")
    var seed: UInt64 = 1

    @Option(help: "Threads that train.")
    var threads = 1

    @Flag(help: "Correct each block's forecasts by what did best on those before it, from the season before on.")
    var calibrate = false

    @Option(
        help: "CSV file that gets every forecast, before any correction; a run that was stopped goes on from it.")
    var output: String?

    @Flag(help: "Print the scores as JSON.")
    var json = false

    func run() async throws {
        var options = Backtest.Options(firstSeason: from, lastSeason: to)
        options.features = features
        (options.trees, options.minimumLeaf, options.maximumDepth) = (trees, minimumLeaf, maximumDepth)
        (options.shrinkage, options.seed, options.threads) = (shrinkage, seed, threads)
        (options.fromResults, options.calibrate) = (fromResults, calibrate)
        let backtest = try Backtest(options)
        let progress = { @Sendable (done: Int, all: Int) in
            guard Terminal.isInteractive else { return }
            Terminal.redraw(ProgressBar.line("forecasting", done: done, of: all, unit: "matches"))
        }
        let report: Backtest.Report
        if let data {
            report = try await backtest.run(
                folder: data, division: division ?? "E0", output: output, progress: progress)
        } else {
            report = try await configuration.agent(logging: .warn).backtest(
                backtest, division: division, output: output, progress: progress)
        }
        if Terminal.isInteractive { Terminal.redraw("") }
        if json {
            Terminal.print(try JSONText.of(report))
        } else {
            Terminal.print(Tables.backtest(report))
        }
    }
}

extension Tables {
    /// The scores of a backtest, a season a line.
    fileprivate static func backtest(_ report: Backtest.Report) -> String {
        var seasons = report.seasons.sorted { $0.key < $1.key }
        if let all = report.all { seasons.append(("all", all)) }
        let scores =
            [["season", "matches", "accuracy", "log loss", "RPS", "Brier", "ECE"]]
            + seasons.map { line($0.key, $0.value) }
        let differences =
            [["season"] + Backtest.marginRemovals.map { "RPS less \($0)" }]
            + seasons.map { season, scores in
                [season]
                    + Backtest.marginRemovals.map { name in
                        scores.rankedProbabilityDifference[name].map { estimate($0, 5) } ?? "no odds"
                    }
            }
        var text = "\(report.features)\n" + table(scores) + "\n" + table(differences)
        if let calibrations = report.calibrations {
            let used = calibrations.sorted { $0.key < $1.key }.map { "\($0.key) for \($0.value) matches" }
            text += "\ncorrected by: \(used.joined(separator: ", "))"
        }
        if report.afterTheMatch {
            text += "\nThis saw what was only known after the match: a benchmark, not a forecast."
        }
        if report.unforecast > 0 { text += "\n\(report.unforecast) matches lacked what the forecaster needs." }
        return text
    }

    private static func line(_ name: String, _ scores: Backtest.Scores) -> [String] {
        [
            name, "\(scores.matches)", estimate(scores.accuracy, 3), estimate(scores.logLoss, 4),
            estimate(scores.rankedProbability, 5), estimate(scores.brier, 4), estimate(scores.calibrationError, 4),
        ]
    }

    private static func estimate(_ value: Backtest.Estimate, _ places: Int) -> String {
        guard let lower = value.lower, let upper = value.upper else { return fixed(value.mean, places) }
        return "\(fixed(value.mean, places)) (\(fixed(lower, places)) to \(fixed(upper, places)))"
    }
}
