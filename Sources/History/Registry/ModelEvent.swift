public import FoundationEssentials

/// Something that became of a model.
public struct ModelEvent: Sendable, Hashable {
    /// What became of it.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// It was trained, and is a candidate.
        case registered
        /// It came from a file, and is a candidate.
        case imported
        /// It became the champion.
        case promoted
        /// It was judged, and did not become the champion.
        case rejected
        /// Another one took its place.
        case archived
        /// It was the champion, and an operator went back to the one before.
        case rolledBack = "rolled_back"
        /// It became the champion again because the one after it was rolled back.
        case restored
    }

    /// Its number in the database.
    public var id: Int64
    /// The model.
    public var modelID: Int64
    /// What became of it.
    public var kind: Kind
    /// Why, by whose wish, and when.
    public var change: ModelChange
    /// The term of leadership in which it happened; nil outside of one.
    public var term: Int64?

    /// Makes an event.
    public init(id: Int64, modelID: Int64, kind: Kind, change: ModelChange, term: Int64?) {
        self.id = id
        self.modelID = modelID
        self.kind = kind
        self.change = change
        self.term = term
    }
}

/// Why a model becomes something else.
public struct ModelChange: Sendable, Hashable {
    /// Who wanted it.
    public enum Requester: String, Sendable, Codable, CaseIterable {
        /// The schedule.
        case schedule
        /// Drift of the data.
        case drift
        /// Scores that fell.
        case score
        /// The champion's age.
        case age
        /// A request by the command line, the API or an alert.
        case request
        /// A person, by name of the model.
        case `operator`
    }

    /// The reason in words; one line, not empty.
    public var reason: String
    /// What speaks for it, as a JSON object.
    public var evidence: String
    /// Who wanted it.
    public var requester: Requester
    /// When, in league time.
    public var at: Date

    /// Makes a change.
    public init(reason: String, evidence: String = "{}", requester: Requester, at: Date) {
        self.reason = reason
        self.evidence = evidence
        self.requester = requester
        self.at = at
    }
}
