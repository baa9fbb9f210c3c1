internal import Agent
internal import ArgumentParser

struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model on the history now, and serve it from then on.",
        discussion: """
            Fetches first, so that the history is complete; then scores a model on the newest matches, trained only on
            those before them, and trains the one that serves on all. Needs the database, not a running agent.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Train on what is in the database, without fetching.")
    var offline = false

    func run() async throws {
        let agent = try configuration.agent(logging: .warn)
        async let bar: Void = showProgress(agent)
        let standing = try await agent.once((offline ? [] : [.ingest]) + [.train]).standing
        await bar
        Terminal.print("model \(standing.model ?? 0), trained on \(standing.trainedOn ?? 0) matches")
        if let line = Tables.holdout(standing) { Terminal.print(line) }
    }

    private func showProgress(_ agent: Agent) async {
        guard Terminal.isInteractive else { return }
        var wasTraining = false
        while !Task.isCancelled {
            if let trees = agent.progress.trees {
                wasTraining = true
                Terminal.redraw(ProgressBar.line("training", done: trees.finished, of: trees.expected, unit: "trees"))
            } else if wasTraining {
                return Terminal.redraw("")
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}

struct Predict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Forecast the matches ahead now, and print the forecasts.",
        discussion: "Uses the serving model; 'touchline train' makes one. Forecasts are kept like the agent's own.")

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let standing = try await configuration.agent(logging: .warn).once([.ingest, .predict]).standing
        guard standing.model != nil else { throw AgentError.job("there is no model yet: run 'touchline train' first") }
        Terminal.print(
            standing.forecasts.isEmpty
                ? "no matches ahead within the horizon" : Tables.forecasts(standing.forecasts))
        if let since = standing.silentSince {
            Terminal.print("\nNo feed has answered since \(Tables.day(since)). SIMULATION, invented fixtures:")
            Terminal.print(Tables.forecasts(standing.standIns))
        }
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to date.",
        discussion: "The agent does this by itself when it starts; this is for operators who want to do it before.")

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let applied = try await configuration.agent(logging: .warn).once([]).migrations
        Terminal.print(applied.isEmpty ? "the schema is up to date" : "applied: \(applied.joined(separator: ", "))")
    }
}

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and the database, and say what is wrong.",
        discussion: "Changes nothing but the schema of a database that is older than this program.",
        subcommands: [CheckRules.self])

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.settings()
        Terminal.print("configuration: \(configuration.configFile ?? "defaults"): valid")
        let standing = try await configuration.agent(logging: .warn).once([]).standing
        let place = settings.database.connectionString.isEmpty ? "private, in \(settings.stateDirectory)" : "configured"
        Terminal.print("database: \(place): answers; \(standing.matches ?? 0) finished matches")
        Terminal.print("model: \(standing.model.map { "no. \($0)" } ?? "none yet")")
    }
}

struct ShowSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Print the effective settings as a configuration file.",
        discussion: "Defaults, file and flags together. Settings hold no secrets: those stay in the files they name.")

    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        Terminal.print(String(try configuration.settings().yaml.dropLast()))
    }
}
