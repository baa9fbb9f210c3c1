internal import Agent
internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc

/// The flags that say which settings are in force; they win over the file.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config.file"),
        help: "The YAML configuration file; without one, every setting has its default.")
    var configFile: String?

    @Option(
        name: .customLong("web.listen-address"),
        help: "Address to listen on, host:port or :port; may be given more than once. (default: 127.0.0.1:9876)")
    var listenAddresses: [String] = []

    @Option(name: .customLong("web.telemetry-path"), help: "Path of the metrics page. (default: /metrics)")
    var telemetryPath: String?

    @Option(name: .customLong("web.max-requests"), help: "Scrapes answered at once before more get 503. (default: 40)")
    var maximumRequests: Int?

    @Flag(name: .customLong("web.enable-lifecycle"), help: "Let POST /-/reload read the configuration anew.")
    var enableLifecycle = false

    @Option(name: .customLong("log.level"), help: "debug, info, warn or error. (default: info)")
    var logLevel: String?

    @Option(name: .customLong("log.format"), help: "logfmt or json. (default: logfmt)")
    var logFormat: String?

    @Option(
        name: .customLong("state-directory"),
        help:
            "Folder of the private database. (default: what systemd gives, else /var/lib/touchline as root, else ~/.local/state/touchline)"
    )
    var stateDirectory: String?

    /// The settings that are in force.
    func settings() throws(SettingsError) -> Settings {
        let folder = try absolute(stateDirectory ?? defaultStateDirectory(), flag: "--state-directory")
        var settings = Settings(stateDirectory: folder)
        if let configFile { settings = try Settings.load(path: configFile, stateDirectory: folder) }
        if let stateDirectory { settings.stateDirectory = try absolute(stateDirectory, flag: "--state-directory") }
        settings.stateDirectory = try absolute(settings.stateDirectory, flag: "state_directory")
        // PostgreSQL's programs are not started in this folder.
        if !settings.database.binaries.isEmpty {
            settings.database.binaries = try absolute(settings.database.binaries, flag: "database.binaries")
        }
        try settings.override(
            listenAddresses: listenAddresses, telemetryPath: telemetryPath, maximumRequests: maximumRequests,
            enableLifecycle: enableLifecycle, logLevel: logLevel, logFormat: logFormat)
        return settings
    }

    /// An agent with these settings, which a reload reads again; it logs from `level` on unless a flag says otherwise.
    func agent(logging level: LogLevel? = nil) throws -> Agent {
        let options = self
        var settings = try settings()
        if let level, logLevel == nil { settings.log.level = level }
        return try Agent(settings: settings, load: { () throws(SettingsError) in try options.settings() })
    }

    private func defaultStateDirectory() -> String {
        let environment = ProcessInfo.processInfo.environment
        if let given = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return String(given) }
        if getuid() == 0 { return "/var/lib/touchline" }
        if let state = environment["XDG_STATE_HOME"], !state.isEmpty { return "\(state)/touchline" }
        return "\(environment["HOME"] ?? "/tmp")/.local/state/touchline"
    }

    private func absolute(_ path: String, flag: String) throws(SettingsError) -> String {
        if path.hasPrefix("/") { return path }
        let folder = FileManager.default.currentDirectoryPath
        guard !path.isEmpty else { throw .badFlag(name: flag, why: "must name a folder") }
        return "\(folder)/\(path)"
    }
}
