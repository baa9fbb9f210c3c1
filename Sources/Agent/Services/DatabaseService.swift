internal import History
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Keeps PostgreSQL reachable: owns the private cluster's life, brings the schema up to date, and watches.
final class DatabaseService: Service {
    private let history: History
    private let cluster: PrivateCluster?
    private let instruments: HistoryCollector
    private let logger: Logger
    private let ready = Atomic<Bool>(false)

    init(history: History, cluster: PrivateCluster?, instruments: HistoryCollector, logger: Logger) {
        self.history = history
        self.cluster = cluster
        self.instruments = instruments
        self.logger = logger
    }

    /// Whether PostgreSQL answered when last asked, with the schema that this program needs.
    var isReady: Bool { ready.load(ordering: .acquiring) }

    func run() async throws {
        instruments.answered(false)
        do {
            try await cancelWhenGracefulShutdown { try await self.watch() }
        } catch is CancellationError {}
        ready.store(false, ordering: .releasing)
        await history.close()
        // A stop must not be cut short: PostgreSQL would have to recover at the next start.
        let cluster = cluster
        await Task { try? await cluster?.stop() }.value
    }

    private func watch() async throws {
        var isMigrated = false
        var lastError: String?
        while true {
            try Task.checkCancellation()
            do throws(HistoryError) {
                if !isReady { try await cluster?.start() }
                if isMigrated {
                    try await history.ping()
                } else {
                    let applied = try await history.migrate()
                    isMigrated = true
                    if !applied.isEmpty {
                        logger.info(
                            "schema brought up to date", metadata: ["migrations": "\(applied.joined(separator: " "))"])
                    }
                }
                if !isReady { logger.info("database is up") }
                lastError = nil
                instruments.answered(true)
                ready.store(true, ordering: .releasing)
            } catch {
                ready.store(false, ordering: .releasing)
                instruments.answered(false)
                if error.isFinal { throw error }
                if Task.isCancelled { return }
                if lastError != error.description {
                    logger.error("database is away", metadata: ["error": "\(error)"])
                    lastError = error.description
                }
            }
            try await Task.sleep(for: isReady ? .seconds(1) : .milliseconds(250))
        }
    }
}
