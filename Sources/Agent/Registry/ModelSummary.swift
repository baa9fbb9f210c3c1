public import FoundationEssentials
internal import History

/// What the registry knows of a model, as a terminal shows it.
public struct ModelSummary: Sendable, Codable {
    /// Its number.
    public let model: Int64
    /// `candidate`, `champion` or `archived`.
    public let stage: String
    /// When it was trained.
    public let trainedAt: Date
    /// The features that it reads, by the set's name.
    public let featureSet: String
    /// How many features those are.
    public let features: Int
    /// How many matches it learnt from.
    public let matches: Int
    /// The first day that it learnt from.
    public let firstDay: String
    /// The last day that it learnt from.
    public let lastDay: String
    /// A digest of the rows it learnt from; nil for models from before it was kept.
    public let dataChecksum: String?
    /// The seed that it was grown from.
    public let seed: UInt64
    /// The options that it was grown with, as JSON.
    public let options: String
    /// What its forecasts start from, and how the margin is removed there; nil where that was not kept, or there is none.
    public let base: String?
    /// The correction of its forecasts, as JSON.
    public let calibration: String
    /// How many matches it was scored on that its recipe had not seen; nil if it was not.
    public let holdoutMatches: Int?
    /// Ranked probability score on those.
    public let rankedProbability: Double?
    /// The market's on those.
    public let marketRankedProbability: Double?
    /// Log loss on those.
    public let logLoss: Double?
    /// How many bytes it has; 0 where they are kept no longer.
    public let size: Int
    /// The SHA-256 of its bytes.
    public let bytesChecksum: String
    /// How long the training took, in seconds.
    public let trainingSeconds: Double
    /// Whether it learnt from simulated matches.
    public let synthetic: Bool

    init(_ record: ModelRecord) {
        let stored = record.model
        model = stored.id ?? 0
        stage = stored.stage.rawValue
        trainedAt = stored.trainedAt
        featureSet = stored.featureSet
        features = stored.features.count
        matches = stored.matches
        firstDay = "\(stored.firstDay)"
        lastDay = "\(stored.lastDay)"
        dataChecksum = stored.dataChecksum
        seed = stored.seed
        options = stored.options
        base = RecipeText.base(stored.options)
        calibration = stored.calibration
        let holdout = HoldoutText.decode(stored.holdout)
        holdoutMatches = holdout?.matches
        rankedProbability = holdout?.model.rankedProbability
        marketRankedProbability = holdout?.market?.rankedProbability
        logLoss = holdout?.model.logLoss
        size = record.size
        bytesChecksum = record.bytesChecksum
        trainingSeconds = stored.trainingSeconds
        synthetic = stored.synthetic
    }
}

/// A model with what became of it.
public struct ModelStory: Sendable, Codable {
    /// What is known of it.
    public let summary: ModelSummary
    /// What became of it, oldest first.
    public let events: [Event]

    /// Something that became of a model.
    public struct Event: Sendable, Codable {
        /// When, in league time.
        public let at: Date
        /// What, for instance `promoted`.
        public let event: String
        /// Who wanted it.
        public let requestedBy: String
        /// Why.
        public let reason: String
        /// What speaks for it, as JSON.
        public let evidence: String
        /// The term of leadership; nil outside of one.
        public let term: Int64?

        init(_ event: ModelEvent) {
            at = event.change.at
            self.event = event.kind.rawValue
            requestedBy = event.change.requester.rawValue
            reason = event.change.reason
            evidence = event.change.evidence
            term = event.term
        }
    }
}
