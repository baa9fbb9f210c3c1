internal import Football
internal import FoundationEssentials
internal import History
internal import Synchronization

/// What the agent knows at one instant: immutable, and published whole, so that a scrape never sees half a change.
struct Snapshot: Sendable {
    /// Rows kept in PostgreSQL; nil until they were counted.
    var counts: HistoryCounts?
    /// The model that serves; nil while there is none.
    var champion: Champion?
    /// The model whose forecasts are kept as shadows; nil while there is none.
    var candidate: Champion?
    /// What the registry says of the models.
    var registry = RegistryState()
    /// The decision to train that is to be carried out; nil while there is none.
    var order: TrainingDecision?
    /// The decision that was recorded last by this agent.
    var decision: TrainingDecision?
    /// Forecasts of the fixtures ahead, soonest first; nil until they were made or read.
    var forecasts: [Prediction]?
    /// The champion that the fixtures ahead were forecast by last; nil before they were.
    var forecastBy: Int64?
    /// Fixtures within the horizon that have no forecast; nil until it is known.
    var missingForecasts: Int?
    /// What stands in while no feed answers; nil until it is known whether one does.
    var fallback: Fallback?
    /// Scores of the newest settled forecasts; nil while there are none.
    var scores: LiveScores?
    /// How candidates did beside the champions that served; nil until it was read.
    var shadows: ShadowScores?
    /// What each strategy's simulated bets came to; nil until they were read.
    var betting: BettingRecords?
    /// The latest look for drift; nil until there was one.
    var drift: DriftReport?
    /// The matches that freshness is judged by; nil until they were read.
    var agenda: [AgendaItem]?
    /// What was found of the data; nil until it was judged.
    var quality: Quality?
    /// The newest backup that was verified; nil if none is known.
    var backup: BackupManifest?
    /// What is known of each job's runs.
    var jobs: [JobName: JobSchedule.Record] = [:]

    /// The serving model and what is known of it.
    struct Champion: Sendable {
        let id: Int64
        let model: ServingModel
        let trainedAt: Date
        let featureSet: String
        let matches: Int
        let trainingSeconds: Double
        let bytes: Int
        let holdout: Holdout?
        /// The last day that it learnt from.
        let lastDay: Day
        /// How it was made; nil if this program cannot make its like.
        var recipe: Recipe?
    }

    /// What the registry says of the models.
    struct RegistryState: Sendable {
        /// As of when the rest was read; nil before it was.
        var standing: ModelStanding?
        /// Why the champion of the registry does not serve; nil if it does.
        var refusal: String?
        /// Candidates rejected in a row.
        var rejections = 0
        /// When the champion became that.
        var promotedAt: Date?
        /// The last judgement of a candidate.
        var judgement: Judgement?
    }

    /// Whether every feed has been silent for too long, and the forecasts of invented fixtures if so.
    struct Fallback: Sendable, Hashable {
        /// Since when no feed has answered; nil while one does, or while that may not matter yet.
        var since: Date?
        /// Forecasts of invented fixtures, by kick-off; none while a feed answers.
        var forecasts: [FallbackForecast]

        /// What is known while feeds answer.
        static let inactive = Fallback(since: nil, forecasts: [])
    }
}

/// Where the worker publishes snapshots and scrapes read them.
final class SnapshotStore: Sendable {
    private let stored = Mutex<Snapshot?>(nil)

    /// The latest snapshot; nil until the first is published.
    var current: Snapshot? { stored.withLock { $0 } }

    func publish(_ snapshot: Snapshot) { stored.withLock { $0 = snapshot } }
}
