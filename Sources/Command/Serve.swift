internal import Agent
internal import ArgumentParser

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the agent until SIGTERM or SIGINT.",
        discussion: """
            With no database configured it starts a private PostgreSQL in the state directory, on a Unix socket only,
            and stops it when it stops itself. SIGHUP reads the configuration anew, all or nothing. A second SIGTERM
            stops at once.

            Example: touchline serve --config.file=touchline.yml
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(name: .customLong("config.check"), help: "Check the configuration, say what is wrong with it, and exit.")
    var checkOnly = false

    func run() async throws {
        if checkOnly {
            _ = try configuration.settings()
            Terminal.print("\(configuration.configFile ?? "the default configuration") is valid")
            return
        }
        try await configuration.agent().run()
    }
}
