import Football
import FoundationEssentials
import History
import Logging
import Simulation
import TestSupport

@testable import Agent

/// A real database with simulated seasons, and the jobs that decide, train and judge on it.
struct Workshop {
    let database: TestDatabase
    let history: History
    let instruments: RegistryCollector
    let shelf: ModelShelf
    let decide: DecideJob
    let train: TrainJob
    let matches: [Match]

    /// Two seasons and a half by default; what is kept can be fewer.
    init(seasons: Int = 2, kept: Int? = nil) async throws {
        database = try await TestDatabase.migrated()
        history = database.history(maximumConnections: 1)
        let league = SimulatedLeague(seed: 7)
        matches = (0..<seasons).flatMap { league.season(Season(startYear: 2020 + $0)) }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let snapshots = SnapshotStore()
        instruments = RegistryCollector(
            snapshots: snapshots, settings: SettingsStore(Example.settings()), clock: LeagueClock())
        shelf = ModelShelf(history: history, logger: logger)
        decide = DecideJob(history: history, shelf: shelf, instruments: instruments, logger: logger)
        train = TrainJob(
            history: history, shelf: shelf, executor: TrainingExecutor(width: 1), progress: TrainingProgress(),
            instruments: instruments, isSynthetic: true, logger: logger)
        try await keep(matches.prefix(kept ?? matches.count))
    }

    /// Keeps matches as a feed would bring them.
    func keep(_ matches: some Collection<Match>) async throws {
        _ = try await history.record(
            Ingest(
                source: "simulation", url: "memory", at: Example.instant, matches: Array(matches), fixtures: [],
                quarantined: [], etag: nil, lastModified: nil, synthetic: true))
    }

    /// What a job is given, a day after another.
    func context(
        _ snapshot: Snapshot = Snapshot(), day: Double = 0, _ change: (inout Settings) -> Void = { _ in }
    ) -> JobContext {
        let settings = Example.settings {
            ($0.model.trees, $0.model.minimumLeaf, $0.model.maximumDepth, $0.model.threads) = (5, 20, 6, 1)
            change(&$0)
        }
        return JobContext(
            now: Example.instant.addingTimeInterval(day * 86_400), settings: settings, snapshot: snapshot)
    }
}
