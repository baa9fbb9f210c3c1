internal import Football
internal import FoundationEssentials
internal import Hummingbird
internal import Logging
internal import Simulation
internal import Synchronization

/// A whole Touchline on this machine alone: a simulated league, its feed, a private database, and the agent.
public struct Demo: Sendable {
    /// What may be asked of it.
    public struct Options: Sendable {
        /// The address of the web pages.
        public var listenAddress: String
        /// Wall seconds in which one week of the league passes.
        public var secondsPerRound: Double
        /// Whether the league changes a few rounds on, for drift to be seen.
        public var drift: Bool
        /// Whether the feed gets things wrong: rows corrupted, a column missing, results days late.
        public var faults: Bool
        /// The league's seed.
        public var seed: UInt64
        /// The folder that everything is kept in, and that is removed at the end.
        public var directory: String
        /// The least severe log line that is written.
        public var logLevel: LogLevel

        /// Makes options.
        public init(
            listenAddress: String, secondsPerRound: Double, drift: Bool, faults: Bool = false, seed: UInt64,
            directory: String, logLevel: LogLevel
        ) {
            self.listenAddress = listenAddress
            self.secondsPerRound = secondsPerRound
            self.drift = drift
            self.faults = faults
            self.seed = seed
            self.directory = directory
            self.logLevel = logLevel
        }
    }

    private let options: Options
    private var folder: ScratchFolder { ScratchFolder(path: options.directory) }

    /// Describes a demo; nothing runs until ``run(_:)``.
    public init(_ options: Options) {
        self.options = options
    }

    /// Runs until it is stopped by a signal; then nothing of it is left.
    ///
    /// - Parameter watch: Given the agent once it exists, and the port once it is listened on; runs beside it.
    /// - Throws: ``AgentError`` that says why it could not start or go on.
    public func run(_ watch: @escaping @Sendable (Agent, Int) async -> Void) async throws {
        guard let address = ListenAddress(options.listenAddress) else {
            throw SettingsError.badFlag(
                name: "--web.listen-address", why: "'\(options.listenAddress)' is not host:port")
        }
        // Before what a killed demo left is swept away: what answers there may be another one in the same folder.
        if address.isTaken {
            throw AgentError.listen(address: options.listenAddress, why: "address in use")
        }
        folder.remove()
        let start = Day(year: 2024, month: 10, day: 17)?.start ?? Date(timeIntervalSince1970: 0)
        let clock = LeagueClock(
            wallStart: Date(), leagueStart: start, speed: 7 * 86_400 / max(0.1, options.secondsPerRound))
        let change = InjectedDrift(
            from: Day(containing: start).advanced(by: 28), homeAdvantage: 0, cards: 2, margin: 0.09, isPricedIn: false)
        let league = SimulatedLeague(seed: options.seed, drift: options.drift ? change : .none)
        let ports = AsyncStream.makeStream(of: Int.self)
        let feed = Application(
            responder: DemoFeed(
                league: league, clock: clock,
                faults: options.faults
                    ? InjectedFaults(delayedDays: 6, missingColumns: ["HC"], corruptedRows: 0.02) : .none),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ports.continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "touchline.demo") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await feed.run() }
                guard let feedPort = await ports.stream.first(where: { _ in true }) else { return }
                tasks.addTask { try await serve(feedPort: feedPort, clock: clock, watch) }
                try await tasks.next()
                tasks.cancelAll()
            }
        } catch is CancellationError {
        } catch {
            folder.remove()
            throw error
        }
        folder.remove()
    }

    private func serve(
        feedPort: Int, clock: LeagueClock, _ watch: @escaping @Sendable (Agent, Int) async -> Void
    ) async throws {
        let settings = try settings(feedPort: feedPort)
        let listening = AsyncStream.makeStream(of: Int.self)
        let agent = try Agent(
            settings: settings, load: { settings }, clock: clock, isSynthetic: true,
            onListening: { listening.continuation.yield($0) }, onSecondSignal: { folder.removeForGood() })
        defer { listening.continuation.finish() }
        async let _: Void = {
            if let port = await listening.stream.first(where: { _ in true }) { await watch(agent, port) }
        }()
        // Whoever watches is told to end, and waited for, when the agent has stopped.
        try await agent.run()
    }

    /// Short periods in league time, so that each round's results are scored within a wall second.
    private func settings(feedPort: Int) throws(SettingsError) -> Settings {
        let yaml = """
            web: {listen_addresses: ["\(options.listenAddress)"]}
            log: {level: \(options.logLevel.rawValue)}
            feed:
              base_url: http://127.0.0.1:\(feedPort)
              division: \(SimulatedLeague.division)
              first_season: 2020/21
              attempts: 1
              pause: 0s
              # Whose scores come within hours: with it, late results of the other feed would not show.
              fantasy: \(!options.faults)
              fantasy_url: http://127.0.0.1:\(feedPort)
            schedule:
              ingest: 0 */12 * * *
              evaluate: 0 */12 * * *
              decide: 0 */12 * * *
              train: 0 6 1,15 * *
              predict: 0 */12 * * *
              drift: 0 6 * * 1
              jitter: 0s
            model: {trees: 100, maximum_age: 21d}
            score: {window_matches: 190, minimum_matches: 50}
            drift: {window_matches: 100}
            """
        return try Settings(yaml: yaml, file: "the demo's settings", stateDirectory: options.directory)
    }
}
