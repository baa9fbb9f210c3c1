public import Football
public import FoundationEssentials

/// A trained model with what it was trained on.
public struct StoredModel: Sendable, Hashable {
    /// Its number in the database, nil before it is stored.
    public var id: Int64?
    /// When it was trained.
    public var trainedAt: Date
    /// The name of the features that it reads.
    public var featureSet: String
    /// The seed that it was grown from.
    public var seed: UInt64
    /// The options that it was grown with, as JSON.
    public var options: String
    /// How many matches it learnt from.
    public var matches: Int
    /// The day of the earliest match it learnt from.
    public var firstDay: Day
    /// The day of the latest match it learnt from.
    public var lastDay: Day
    /// Its scores on matches that it did not learn from, as JSON.
    public var holdout: String
    /// The model itself.
    public var bytes: [UInt8]
    /// Whether it learnt from simulated matches.
    public var synthetic: Bool
    /// How long the training took, in seconds.
    public var trainingSeconds: Double
    /// The features that it reads, in their order.
    public var features: [String]
    /// A digest of the rows it learnt from, the same in whatever order they were read; nil if none was taken.
    public var dataChecksum: String?
    /// The correction of its forecasts, as JSON.
    public var calibration: String
    /// What it is to the others.
    public var stage: ModelStage

    /// Makes a model that is not stored yet, unless it is given a number.
    public init(
        id: Int64? = nil,
        trainedAt: Date,
        featureSet: String,
        seed: UInt64,
        options: String,
        matches: Int,
        firstDay: Day,
        lastDay: Day,
        holdout: String,
        bytes: [UInt8],
        synthetic: Bool,
        trainingSeconds: Double,
        features: [String] = [],
        dataChecksum: String? = nil,
        calibration: String = "\"none\"",
        stage: ModelStage = .candidate
    ) {
        self.id = id
        self.trainedAt = trainedAt
        self.featureSet = featureSet
        self.seed = seed
        self.options = options
        self.matches = matches
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.holdout = holdout
        self.bytes = bytes
        self.synthetic = synthetic
        self.trainingSeconds = trainingSeconds
        self.features = features
        self.dataChecksum = dataChecksum
        self.calibration = calibration
        self.stage = stage
    }
}
