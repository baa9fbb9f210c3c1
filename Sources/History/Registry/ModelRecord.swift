public import FoundationEssentials

/// What the registry holds of a model, without its bytes.
public struct ModelRecord: Sendable, Hashable {
    /// The model; its ``StoredModel/bytes`` are empty.
    public var model: StoredModel
    /// When the registry got it, in wall time.
    public var registeredAt: Date
    /// How many bytes it has.
    public var size: Int
    /// The SHA-256 of its bytes when they were written, in hexadecimal.
    public var bytesChecksum: String
}

/// The models that matter now: what an agent compares with what it has in memory.
public struct ModelStanding: Sendable, Hashable {
    /// The champion's number; nil while there is none.
    public var champion: Int64?
    /// The candidate's number; nil while there is none.
    public var candidate: Int64?
    /// The number of the last event, 0 before the first.
    public var lastEvent: Int64
    /// How many requests for a training nobody has answered yet.
    public var openRequests: Int

    /// Makes a standing.
    public init(champion: Int64? = nil, candidate: Int64? = nil, lastEvent: Int64 = 0, openRequests: Int = 0) {
        self.champion = champion
        self.candidate = candidate
        self.lastEvent = lastEvent
        self.openRequests = openRequests
    }
}

/// What a judgement of a candidate came to.
public enum ModelVerdict: Sendable, Hashable {
    /// It becomes the champion.
    case promoted(ModelChange)
    /// It stays a candidate, whose forecasts are kept as shadows.
    case rejected(ModelChange)
}
