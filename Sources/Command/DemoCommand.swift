internal import Agent
internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Watch Touchline work on a simulated league; needs nothing and leaves nothing.",
        discussion: """
            Starts a private PostgreSQL in a temporary folder, plays a simulated league in compressed time, serves it
            on loopback in football-data.co.uk's format, and runs the agent on it: fetching, training, forecasting,
            scoring. Everything is marked as synthetic. Ctrl-C stops it and removes the folder; a second one does so
            without waiting for anything.
            """)

    @Option(name: .customLong("web.listen-address"), help: "Address of the web pages, host:port.")
    var listenAddress = "127.0.0.1:9876"

    @Option(help: "Wall seconds in which a week of the league, one round, passes.")
    var secondsPerRound = 20.0

    @Flag(
        help:
            "Change the league four rounds on, so that drift shows: no home advantage, twice the cards, wider margins.")
    var drift = false

    @Flag(
        help: "Let the feed get things wrong, so that quality and lateness show: bad rows, a lost column, late results."
    )
    var faults = false

    @Flag(help: "Run Prometheus and Alertmanager beside it, with the shipped rules, on loopback; Debian's packages do.")
    var stack = false

    @Option(help: "The league's seed; the same seed plays the same league.")
    var seed: UInt64 = 20

    @Option(name: .customLong("log.level"), help: "debug, info, warn or error.")
    var logLevel = "warn"

    func validate() throws {
        guard secondsPerRound >= 1 else { throw ValidationError("--seconds-per-round must be at least 1") }
        guard LogLevel(rawValue: logLevel) != nil else {
            throw ValidationError("--log.level must be debug, info, warn or error")
        }
    }

    func run() async throws {
        let stack = stack ? try DemoStack() : nil
        Terminal.note("Touchline demo: a simulated league, a private PostgreSQL, and the agent. Ctrl-C ends it.")
        let port = listenAddress.split(separator: ":").last.map(String.init) ?? "0"
        let demo = Demo(
            Demo.Options(
                listenAddress: listenAddress, secondsPerRound: secondsPerRound, drift: drift, faults: faults,
                seed: seed,
                directory: "/tmp/touchline-demo-\(getuid())-\(port == "0" ? "\(getpid())" : port)",
                logLevel: LogLevel(rawValue: logLevel) ?? .warn))
        try await demo.run { agent, port in
            async let _: Void = watch(agent, port, stack)
            await Narrator(agent: agent, port: port).narrate()
        }
        Terminal.note("stopped; nothing is left")
    }

    /// Runs the stack until the demo ends; without it the demo goes on all the same.
    private func watch(_ agent: Agent, _ port: Int, _ stack: DemoStack?) async {
        do {
            try await stack?.run(beside: agent, port: port) { links in
                Terminal.note("  prometheus   \(links.prometheus)\n  alertmanager \(links.alertmanager)")
                Terminal.note("  alerts go to \(links.webhook)")
            }
        } catch is CancellationError {
        } catch {
            Terminal.note("the stack is not there: \(error)")
        }
    }
}
