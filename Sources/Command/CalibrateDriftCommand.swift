internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct CalibrateDriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate-drift",
        abstract: "Replay past seasons to say what the alarms for drift are worth.",
        discussion: """
            Draws seasons out of past ones, half-weeks with replacement so that nothing drifts in them, and counts how
            many of them the configured thresholds raise a false alarm in; injects changes in mid-season and counts the
            matches until they are found; draws results from the odds for forecasters that are healthy or not, and says
            what the detectors of the score stream make of them; and replays the past seasons as they were.
            Thresholds and windows come from the configuration.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "Folder of season files, 2324/E0.csv and so on; without one, the history in the database.")
    var data: String?

    @Option(help: "The division's code in that folder.")
    var division = "E0"

    @Option(help: "Seasons drawn without drift.")
    var seasons = 200

    @Option(help: "Seasons drawn for each injected change.")
    var injected = 100

    @Option(help: "Seasons of scores drawn for each forecaster.")
    var scored = 400

    @Option(help: "Seed of all draws.")
    var seed: UInt64 = 1

    @Flag(help: "Print everything as JSON.")
    var json = false

    func run() async throws {
        var options = DriftCalibration.Options()
        (options.seasons, options.injected, options.scored) = (max(1, seasons), max(1, injected), max(1, scored))
        options.seed = seed
        let progress: DriftCalibration.Progress = { done, all in
            guard Terminal.isInteractive else { return }
            Terminal.redraw(ProgressBar.line("calibrating", done: done, of: all, unit: "seasons"))
        }
        let calibration = DriftCalibration(settings: try configuration.settings(), options: options)
        let report: DriftCalibration.Report
        if let data {
            report = try await calibration.run(folder: data, division: division, progress: progress)
        } else {
            report = try await configuration.agent(logging: .warn).calibrate(calibration, progress: progress)
        }
        if Terminal.isInteractive { Terminal.redraw("") }
        Terminal.print(json ? try JSONText.of(report) : Tables.calibration(report))
    }
}

extension Tables {
    /// What the alarms are worth, as tables.
    fileprivate static func calibration(_ report: DriftCalibration.Report) -> String {
        let alarms = report.falseAlarms.map { rate in
            [rate.alarm, "\(rate.alarms)", "\(rate.seasons)", fixed(rate.ratio, 3)]
        }
        let delays = report.delays.map { delay in
            [
                delay.change, "\(delay.found)", "\(delay.seasons)",
                fixed(Double(delay.found) / Double(delay.seasons), 2),
                delay.medianMatches.map { "\($0)" } ?? "",
            ]
        }
        return """
            \(report.windowMatches) matches against \(report.referenceMatches), level \(report.significanceLevel) a look

            false alarms without drift, by season
            \(table([["alarm", "alarms", "seasons", "rate"]] + alarms))

            changes injected in mid-season, found before its end
            \(table([["change", "found", "seasons", "share", "median matches"]] + delays))

            detectors on the score stream: share of seasons with a detection (median matches to it)
            \(table(streams(report.streams)))

            past seasons as they were: found after so many matches
            \(table([["season", "windows", "score stream"]] + past(report)))
            """
    }

    /// A row a forecaster, a column a detector.
    private static func streams(_ rates: [DriftCalibration.StreamRate]) -> [[String]] {
        var detectors: [String] = []
        var forecasters: [String] = []
        for rate in rates {
            if !detectors.contains(rate.detector) { detectors.append(rate.detector) }
            if !forecasters.contains(rate.forecaster) { forecasters.append(rate.forecaster) }
        }
        return [["forecaster"] + detectors]
            + forecasters.map { forecaster in
                [forecaster]
                    + detectors.map { detector in
                        guard let rate = rates.first(where: { ($0.forecaster, $0.detector) == (forecaster, detector) })
                        else { return "" }
                        let share = fixed(Double(rate.found) / Double(max(1, rate.seasons)), 3)
                        return share + (rate.medianMatches.map { " (\($0))" } ?? "")
                    }
            }
    }

    private static func past(_ report: DriftCalibration.Report) -> [[String]] {
        let scores = Dictionary(uniqueKeysWithValues: report.scores.map { ($0.season, $0.found) })
        return report.seasons.map { season in
            [season.season, listed(season.found), listed(scores[season.season] ?? [:])]
        }
    }

    private static func listed(_ found: [String: Int]) -> String {
        found.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { "\($0.key) @\($0.value)" }.joined(
            separator: ", ")
    }
}
