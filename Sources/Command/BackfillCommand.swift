internal import Agent
internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc

struct BackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Play past seasons, and write what Prometheus would have scraped, so that dashboards begin full.",
        discussion: """
            Runs the agent's own jobs day by day with the clock of the time, on season files as they were known then, in a
            private database that is removed afterwards, also after Ctrl-C. The schedule, the model and the windows are
            the configuration's: a cheaper one ('train: 30 4 * * 1', fewer trees) plays years in minutes.

            Either a file, for a Prometheus that is stopped (the hidden flag makes it one pass instead of thousands):
              touchline backfill --data seasons --from 2016-07-01 --to 2024-06-30 --output touchline.om
              promtool tsdb create-blocks-from --max-block-duration=4320h openmetrics touchline.om /var/lib/prometheus
            or a server that runs:
              touchline backfill ... --remote-write http://localhost:9090/api/v1/write     (Prometheus)
              touchline backfill ... --remote-write http://localhost:8428/api/v1/write     (VictoriaMetrics)
            Prometheus needs --web.enable-remote-write-receiver and storage.tsdb.out_of_order_time_window, and keeps
            blocks no longer than --storage.tsdb.retention.time; VictoriaMetrics needs -retentionPeriod.

            A sample a day is seen by a query only with --query.lookback-delta=1d, or at steps that meet midnight.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "Folder of season files, 2324/E0.csv and so on, as football-data.co.uk names them.")
    var data: String

    @Option(help: "First day, YYYY-MM-DD; what was played before is known at its start.")
    var from: String

    @Option(help: "Last day, YYYY-MM-DD.")
    var to: String

    @Option(help: "Time between two samples of a series, such as 1d, 6h or 1m.")
    var every = "1d"

    @Option(help: "First day that is played, day by day, and not written, so that scores and drift have a past.")
    var warmUp: String?

    @Option(help: "OpenMetrics file to write.")
    var output: String?

    @Option(help: "Remote-write URL to send to.")
    var remoteWrite: String?

    @Option(help: "The label 'job' that the scrape configuration gives.")
    var job = "touchline"

    @Option(help: "The label 'instance' that the scrape configuration gives.")
    var instance = "localhost:9876"

    @Flag(help: "Also write what is said of the process, the database and the scrapes, which are the replay's own.")
    var everything = false

    func validate() throws {
        guard (output == nil) != (remoteWrite == nil) else {
            throw ValidationError("say either --output or --remote-write")
        }
    }

    func run() async throws {
        var options = try Backfill.Options(
            data: data, from: from, to: to, every: every, warmUp: warmUp,
            directory: "/tmp/touchline-backfill-\(getuid())-\(getpid())")
        (options.job, options.instance, options.everything) = (job, instance, everything)
        let started = ContinuousClock.now
        let destination = output.map(Backfill.Destination.file) ?? .remoteWrite(remoteWrite ?? "")
        let summary = try await Backfill(options, settings: try configuration.settings()).run(to: destination) {
            done, all in
            if Terminal.isInteractive {
                Terminal.redraw(ProgressBar.line("playing", done: done, of: all, unit: "instants"))
            }
        }
        if Terminal.isInteractive { Terminal.redraw("") }
        let seconds = Tables.fixed((ContinuousClock.now - started) / .seconds(1), 1)
        let size = Tables.fixed(Double(summary.bytes) / 1e6, 2)
        let sent = summary.requests > 0 ? " in \(summary.requests) requests" : ""
        Terminal.print(
            "\(summary.instants) instants, \(summary.series) series, \(summary.samples) samples: "
                + "\(size) MB\(sent), \(seconds) s")
    }
}
