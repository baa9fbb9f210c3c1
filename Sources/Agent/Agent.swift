internal import Exposition
internal import Fetch
public import FoundationEssentials
internal import Glibc
internal import History
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// The agent: everything it is made of, put together in one place.
public struct Agent: Sendable {
    /// How far a training that is under way has come.
    public let progress = TrainingProgress()
    /// The catalogue: every metric that a scrape can return, by name.
    public var catalogue: [Metric] { registry.descriptors.map(Metric.init) }

    let settings: SettingsStore
    let snapshots = SnapshotStore()
    let clock: LeagueClock
    let registry = Registry()
    let history: History
    /// How the database is reached.
    let reach: DatabaseSettings
    let database: DatabaseService
    let cluster: PrivateCluster?
    let leadership: Leadership
    private let listening: ListenService
    private let tracking: TrackingService
    let worker: Worker
    let logger: Logger
    private let reloader: Reloader
    let responder: WebResponder
    let draining = Draining()
    private let notifier: SystemdNotifier?
    private let onListening: @Sendable (Int) -> Void
    private let onSecondSignal: @Sendable () -> Void

    /// Puts an agent together; nothing runs, and nothing is opened, until ``run()``.
    ///
    /// - Parameters:
    ///   - settings: The settings to start with.
    ///   - load: Reads the settings anew for a reload.
    ///   - clock: The time the league lives in.
    ///   - isSynthetic: Whether the league data is simulated; it is marked as such everywhere.
    ///   - environment: Variables that systemd gives a service.
    ///   - onListening: Told each port once it is listened on.
    ///   - onSecondSignal: Called before a second signal ends the process at once; what it does not end goes on.
    /// - Throws: ``AgentError`` if two collectors claim one metric, or the settings name a file that cannot be read.
    public init(
        settings: Settings,
        load: @escaping @Sendable () throws(SettingsError) -> Settings,
        clock: LeagueClock = LeagueClock(),
        isSynthetic: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        onListening: @escaping @Sendable (Int) -> Void = { _ in },
        onSecondSignal: @escaping @Sendable () -> Void = {}
    ) throws(AgentError) {
        let store = SettingsStore(settings)
        let threshold = LogThreshold(settings.log.level)
        let handler = LineLogHandler(
            format: settings.log.format, underJournal: environment["JOURNAL_STREAM"] != nil, threshold: threshold)
        let logger = Logger(label: "touchline") { _ in handler }
        self.settings = store
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
        self.onSecondSignal = onSecondSignal
        notifier = SystemdNotifier(environment: environment)
        reloader = Reloader(load: load, settings: store, threshold: threshold, logger: logger)

        cluster =
            settings.database.connectionString.isEmpty
            ? PrivateCluster(
                stateDirectory: settings.stateDirectory,
                binaries: settings.database.binaries.isEmpty ? nil : settings.database.binaries) : nil
        let spool = Spool(
            stateDirectory: settings.stateDirectory, maximumBytes: settings.database.spoolMaximumBytes)
        let databaseMetrics = HistoryCollector(snapshots: snapshots, clock: clock)
        let writes = SpoolCollector(spool: spool)
        let server = ServerCollector(maximumConnections: settings.database.maximumConnections)
        let connectionString = try settings.database.connectionStringWithPassword(environment: environment)
        reach = DatabaseSettings(
            connectionString: cluster?.connectionString ?? connectionString,
            maximumConnections: settings.database.maximumConnections)
        history = History(
            reach, spool: spool,
            observe: {
                databaseMetrics.count($0)
                writes.count($0)
            })
        leadership = Leadership(reach, holder: Agent.holder)
        let (changes, handover) = (Doorbell(), Doorbell())
        database = DatabaseService(
            history: history, cluster: cluster, leadership: leadership, instruments: databaseMetrics, server: server,
            handover: handover, logger: logger)
        listening = ListenService(
            listener: Listener(reach), database: database, changes: changes, handover: handover,
            instruments: databaseMetrics)

        let exports = TrackingInstruments()
        tracking = TrackingService(
            history: history, database: database, settings: store, changes: changes, instruments: exports,
            logger: logger)

        let feedMetrics = FeedInstruments(clock: clock)
        let jobMetrics = JobsCollector(snapshots: snapshots, settings: store, clock: clock)
        let scrapeMetrics = ScrapeInstruments()
        let settlements = SettlementInstruments()
        let alerts = AlertInstruments()
        let executor = TrainingExecutor(
            width: settings.model.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount - 1))
        let shelf = ModelShelf(history: history, logger: logger)
        let registryMetrics = RegistryCollector(snapshots: snapshots, settings: store, clock: clock)
        worker = Worker(
            jobs: [
                .ingest: IngestJob(
                    history: history, instruments: feedMetrics, isSynthetic: isSynthetic, logger: logger),
                .decide: DecideJob(
                    history: history, shelf: shelf, instruments: registryMetrics, logger: logger),
                .train: TrainJob(
                    history: history, shelf: shelf, executor: executor, progress: progress,
                    instruments: registryMetrics, isSynthetic: isSynthetic, logger: logger),
                .predict: PredictJob(history: history, bookkeeper: Bookkeeper(), isSynthetic: isSynthetic),
                .evaluate: EvaluateJob(history: history, instruments: settlements),
                .drift: DriftJob(history: history, executor: executor),
                .backup: BackupJob(reach: reach),
                .retain: RetainJob(history: history),
            ],
            history: history, database: database, changes: changes, settings: store, snapshots: snapshots, shelf: shelf,
            instruments: jobMetrics, clock: clock, logger: logger)

        responder = WebResponder(
            routes: [
                "/": LandingRoute(
                    snapshots: snapshots, settings: store, database: databaseMetrics, progress: progress, clock: clock,
                    isSynthetic: isSynthetic),
                "/-/healthy": HealthyRoute(lastHeartbeat: { jobMetrics.lastHeartbeat }),
                "/-/ready": ReadyRoute(snapshots: snapshots, draining: draining),
                "/-/reload": ReloadRoute(settings: store, reloader: reloader),
                "/api/v1/train": TrainRoute(history: history, settings: store, clock: clock),
                "/api/v1/forecasts": ForecastsRoute(snapshots: snapshots, clock: clock, isSynthetic: isSynthetic),
                "/api/v1/alerts": AlertsRoute(history: history),
                "/api/v1/alerts/webhook": AlertWebhookRoute(
                    history: history, settings: store, clock: clock, instruments: alerts, logger: logger),
            ],
            metrics: MetricsRoute(
                registry: registry, instruments: scrapeMetrics, settings: store, logger: logger),
            settings: store)
        let collectors: [any Collector] = [
            BuildCollector(isSynthetic: isSynthetic), ProcessCollector(), ConfigurationCollector(settings: store),
            scrapeMetrics, jobMetrics, feedMetrics, databaseMetrics,
            writes, server, BackupCollector(snapshots: snapshots),
            ModelCollector(snapshots: snapshots, settings: store, training: progress, clock: clock),
            registryMetrics, exports, ShadowCollector(snapshots: snapshots),
            ForecastCollector(snapshots: snapshots), FallbackCollector(snapshots: snapshots), settlements,
            ScoreCollector(snapshots: snapshots, settings: store), OutcomeScoreCollector(snapshots: snapshots),
            ReliabilityCollector(snapshots: snapshots), BettingCollector(snapshots: snapshots, settings: store), alerts,
            FreshnessCollector(snapshots: snapshots, settings: store, clock: clock),
            QualityCollector(snapshots: snapshots),
            DriftCollector(snapshots: snapshots, settings: store, clock: clock),
            ScoreStreamCollector(snapshots: snapshots),
        ]
        do throws(ExpositionError) {
            for collector in collectors { try registry.register(collector) }
        } catch {
            throw .catalogue("\(error)")
        }
    }

    /// Runs until SIGTERM, SIGINT or a failure that no waiting cures; SIGHUP reads the configuration anew.
    ///
    /// - Throws: ``AgentError`` that says why it could not start or go on.
    public func run() async throws {
        Allocator.returnLargeBlocks()
        // Before anything can tell the outside that signals are understood.
        let signals = await UnixSignalsSequence(trapping: .sighup, .sigterm, .sigint)
        let web = settings.current.web.listenAddresses.compactMap(ListenAddress.init).map { address in
            WebServer(address: address, responder: responder, logger: logger) { port in
                notifier?.send("READY=1\nSTATUS=Listening on \(address.host):\(port)")
                onListening(port)
            }
        }
        // Stopped in reverse: first no more jobs, then the database. Whoever asks meanwhile hears that it is draining.
        var services: [any Service] = web + [database, listening, tracking, worker]
        if let notifier, let interval = notifier.watchdogInterval {
            let jobMetrics = worker.instruments
            services.append(
                WatchdogService(notifier: notifier, interval: interval) { jobMetrics.lastHeartbeat })
        }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            logger: Logger(label: "touchline") { _ in SwiftLogNoOpLogHandler() })
        configuration.maximumGracefulShutdownDuration = settings.current.shutdownTimeout
        configuration.maximumCancellationDuration = .seconds(10)
        let group = ServiceGroup(configuration: configuration)
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask { await obey(signals, group) }
                try await tasks.next()
                tasks.cancelAll()
            }
        } catch let error as HistoryError {
            throw AgentError.database("\(error)")
        }
        logger.info("stopped")
    }

    private func obey(_ signals: UnixSignalsSequence, _ group: ServiceGroup) async {
        for await signal in signals {
            if signal == .sighup {
                // A refused file was logged and counted; the old configuration stays.
                notifier?.sendReloading()
                try? reloader.reload()
                notifier?.send("READY=1")
            } else if draining.hasBegun {
                logger.warning("stopping at once on a second signal")
                onSecondSignal()
                terminate()
            } else {
                logger.info("stopping", metadata: ["signal": "\(signal)"])
                draining.begin()
                notifier?.send("STOPPING=1\nSTATUS=Stopping")
                await group.triggerGracefulShutdown()
            }
        }
    }

    /// How the database calls this agent, for a person who wonders who leads.
    private static var holder: String { "\(ProcessInfo.processInfo.hostName) pid \(getpid())" }
}
