internal import Agent
internal import ArgumentParser

@main
struct Touchline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "touchline",
        abstract: "Watches a match-forecasting model and tells Prometheus how good it is and how fresh its data.",
        discussion: """
            Start with 'touchline demo': it needs no configuration, no network and no database.
            'touchline serve' runs the real thing: it fetches league data, keeps it in PostgreSQL, trains a random
            forest, scores its forecasts as results arrive, and serves it all on /metrics.

            Exit codes: 0 after a clean stop, 1 for bad flags, a bad configuration or an address in use.
            """,
        version: "touchline \(Version.number) (\(Version.revision))",
        subcommands: [
            Serve.self, DemoCommand.self, Train.self, Predict.self, ModelsCommand.self, EvaluateCommand.self,
            BetsCommand.self,
            BacktestCommand.self, BackfillCommand.self,
            DriftCommand.self, CalibrateDriftCommand.self,
            Migrate.self, Check.self,
            BackupCommand.self, Restore.self, DatabaseCommand.self, ShowSettings.self, Metrics.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            switch error {
            case let code as ExitCode: exit(withError: code)
            case let error as SettingsError: Terminal.fail("\(error)")
            case let error as AgentError: Terminal.fail("\(error)")
            default:
                // Help and version are no errors; everything else that the parser refuses is exit code 1.
                if exitCode(for: error) == .success { exit(withError: error) }
                Terminal.fail(oneLine(error))
            }
        }
    }

    /// What was wrong and where help is; the usage in between is left to that help.
    private static func oneLine(_ error: any Error) -> String {
        let lines = fullMessage(for: error).split(separator: "\n")
        let what = lines.first.map { $0.hasPrefix("Error: ") ? $0.dropFirst("Error: ".count) : $0[...] } ?? ""
        guard let help = lines.dropFirst().last?.drop(while: { $0 == " " }), help.hasPrefix("See ") else {
            return String(what)
        }
        return "\(what)\(what.hasSuffix(".") ? "" : ".") \(help)"
    }
}
