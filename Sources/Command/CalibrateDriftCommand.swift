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
            what the detectors of the score stream make of them, at their thresholds and at those which one healthy season
            in twenty reaches; and replays the past seasons as they were. Medians are over all seasons drawn: there is none
            where half of them or more went by without a finding.
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

    @Option(help: "Seasons of scores drawn for each faulty forecaster; five times as many for a healthy one.")
    var scored = 400

    @Option(
        help: """
            Draw scores of the seasons from this one on, by the year it begins in; the first six of a long history only \
            teach, three of a short one.
            """)
    var scoredFrom: Int?

    @Option(help: "Seed of all draws.")
    var seed: UInt64 = 1

    @Flag(help: "Print everything as JSON.")
    var json = false

    func run() async throws {
        var options = DriftCalibration.Options()
        (options.seasons, options.injected, options.scored) = (max(1, seasons), max(1, injected), max(1, scored))
        (options.seed, options.scoredFrom) = (seed, scoredFrom)
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
