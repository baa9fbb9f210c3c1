internal import History
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Keeps PostgreSQL reachable: owns the private cluster's life, brings the schema up to date, and watches.
final class DatabaseService: Service {
    private let history: History
    private let cluster: PrivateCluster?
    private let leadership: Leadership
    private let instruments: HistoryCollector
    private let server: ServerCollector
    private let handover: Doorbell
    private let logger: Logger
    private let ready = Atomic<Bool>(false)
    private let led = Mutex<Int64?>(nil)

    init(
        history: History, cluster: PrivateCluster?, leadership: Leadership, instruments: HistoryCollector,
        server: ServerCollector, handover: Doorbell, logger: Logger
    ) {
        self.history = history
        self.cluster = cluster
        self.leadership = leadership
        self.instruments = instruments
        self.server = server
        self.handover = handover
        self.logger = logger
    }

    /// Whether PostgreSQL answered when last asked, with the schema that this program needs.
    var isReady: Bool { ready.load(ordering: .acquiring) }

    /// The term in which this agent leads; nil while another one does.
    var term: Int64? { led.withLock { $0 } }

    /// Takes note of the term in which this agent leads, and returns the one before.
    @discardableResult
    func leads(in term: Int64?) -> Int64? {
        led.withLock { led in
            defer { led = term }
            return led
        }
    }

    /// Whether a term that a job works in has ended; no term never ends.
    func isOver(_ term: Int64?) -> Bool { term != nil && self.term != term }

    func run() async throws {
        instruments.answered(false)
        do {
            try await cancelWhenGracefulShutdown { try await self.watch() }
        } catch is CancellationError {}
        ready.store(false, ordering: .releasing)
        await leadership.resign()
        await history.close()
        // A stop must not be cut short: PostgreSQL would have to recover at the next start.
        let cluster = cluster
        await Task { try? await cluster?.stop() }.value
    }

    private func watch() async throws {
        var isMigrated = false
        var lastError: String?
        var lookedAt: ContinuousClock.Instant?
        while true {
            try Task.checkCancellation()
            let heard = handover.rings
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
                try await lead()
                await replay()
                if !isReady { logger.info("database is up") }
                lastError = nil
                instruments.answered(true)
                ready.store(true, ordering: .releasing)
                if lookedAt.map({ $0 + .seconds(15) < .now }) ?? true {
                    lookedAt = .now
                    server.show(try await history.serverState())
                }
                server.show(lent: await history.poolUse.lent)
            } catch {
                ready.store(false, ordering: .releasing)
                instruments.answered(false)
                instruments.leads(in: nil)
                server.show(nil)
                if error.isFinal { throw error }
                if Task.isCancelled { return }
                if lastError != error.description {
                    logger.error("database is away", metadata: ["error": "\(error)"])
                    lastError = error.description
                }
            }
            // A leader that resigns is followed at once; one that dies, when this looks again.
            await handover.wait(since: heard, atMost: isReady ? .seconds(1) : .milliseconds(250))
        }
    }

    /// Leads if nobody else does.
    private func lead() async throws(HistoryError) {
        let term = try await leadership.campaign()
        let before = leads(in: term)
        instruments.leads(in: term)
        guard before != term || !isReady else { return }
        if let term {
            logger.info("this agent leads", metadata: ["term": "\(term)"])
        } else {
            let leader = try await leadership.leader()?.holder ?? "unknown"
            logger.info("this agent follows", metadata: ["leader": "\(leader)"])
        }
    }

    /// Writes what waited; what cannot be written yet goes on waiting, and stops nothing else.
    private func replay() async {
        do throws(HistoryError) {
            let replayed = try await history.replay()
            if replayed > 0 { logger.info("facts replayed", metadata: ["facts": "\(replayed)"]) }
        } catch {
            logger.warning("facts go on waiting", metadata: ["error": "\(error)"])
        }
    }
}
