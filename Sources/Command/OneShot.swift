internal import Agent
internal import ArgumentParser

struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model on the history now, judge it, and serve it if it is no worse.",
        discussion: """
            Fetches first, so that the history is complete; then scores a model on the newest matches, trained only on
            those before them, and trains one on all. It is judged against the champion on matches that neither had
            seen, and serves from then on unless it is worse. Where an agent runs on the database it is asked to do
            that, and does within a second.

            Example: touchline train --reason "the odds feed was mended"
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Train on what is in the database, without fetching.")
    var offline = false

    @Option(help: "Why, for the registry.")
    var reason = "asked for on the command line"

    func run() async throws {
        let agent = try configuration.agent(logging: .warn)
        async let bar: Void = showProgress(agent)
        let outcome = await outcome(agent)
        if let leader = outcome.leader {
            Terminal.print("requested: the agent that leads (\(leader)) decides and trains")
            return
        }
        let standing = try outcome.result.get()
        await bar
        if let rejected = standing.rejected { Terminal.print(rejected) }
        Terminal.print("model \(standing.model ?? 0), trained on \(standing.trainedOn ?? 0) matches")
        if let line = Tables.holdout(standing) { Terminal.print(line) }
    }

    /// What came of it, and who leads in this one's place.
    private func outcome(_ agent: Agent) async -> (result: Result<Standing, AgentError>, leader: String?) {
        do throws(AgentError) {
            let jobs: [JobName] = (offline ? [] : [.ingest]) + [.decide, .train]
            return (.success(try await agent.once(jobs, asking: reason).standing), nil)
        } catch {
            if case .led(let leader) = error { return (.failure(error), leader) }
            return (.failure(error), nil)
        }
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
