public import FoundationEssentials

/// A wish for a training, which the next decision takes into account.
public struct TrainingRequest: Sendable, Hashable {
    /// Where a wish comes from.
    public enum Source: String, Sendable, Codable, CaseIterable {
        /// The command line.
        case command
        /// The web API.
        case api
        /// An alert that Alertmanager told of.
        case alert
    }

    /// Its number in the database, nil before it is stored.
    public var id: Int64?
    /// Where it comes from.
    public var source: Source
    /// Why, in words; one line, not empty.
    public var reason: String
    /// What it is about, nil for one that stands for itself; of several with one key only the first counts.
    public var key: String?
    /// When it was made, in league time.
    public var requestedAt: Date

    /// Makes a request.
    public init(id: Int64? = nil, source: Source, reason: String, key: String? = nil, requestedAt: Date) {
        self.id = id
        self.source = source
        self.reason = reason
        self.key = key
        self.requestedAt = requestedAt
    }
}

/// What was decided about training anew.
public struct TrainingDecision: Sendable, Hashable {
    /// What can speak for it.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// The schedule's time has come.
        case schedule
        /// The data drifted.
        case drift
        /// The scores fell behind the market's, with evidence.
        case score
        /// The champion is too old, or there is none.
        case age
        /// Somebody asked for it.
        case request
    }

    /// Its number in the database, nil before it is stored.
    public var id: Int64?
    /// When it was made, in league time.
    public var decidedAt: Date
    /// Whether a model is trained.
    public var train: Bool
    /// What speaks for it.
    public var reasons: [Reason]
    /// What holds it back, in words; nil if nothing does.
    public var heldBack: String?
    /// The numbers behind it, as a JSON object.
    public var evidence: String
    /// The numbers of the requests that it answers.
    public var requests: [Int64]

    /// Makes a decision.
    public init(
        id: Int64? = nil, decidedAt: Date, train: Bool, reasons: [Reason], heldBack: String? = nil,
        evidence: String = "{}", requests: [Int64] = []
    ) {
        self.id = id
        self.decidedAt = decidedAt
        self.train = train
        self.reasons = reasons
        self.heldBack = heldBack
        self.evidence = evidence
        self.requests = requests
    }
}
