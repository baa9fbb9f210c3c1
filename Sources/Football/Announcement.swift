public import FoundationEssentials

/// What a feed says of one match at the moment: when it is to be, how far it is, and its score.
public struct Announcement: Hashable, Sendable {
    /// How far a match is; its raw value is kept in the history.
    public enum Status: String, CaseIterable, Sendable {
        /// Its kick-off is fixed.
        case scheduled
        /// It has a kick-off that may yet be moved.
        case provisional
        /// It will not be played when it was to be, and has no new date.
        case postponed
        /// It has begun and is not over.
        case playing
        /// It is over.
        case finished
        /// It will not be played.
        case cancelled
    }

    /// What identifies the match.
    public let key: MatchKey
    /// How far it is.
    public let status: Status
    /// The kick-off; nil while there is none.
    public let kickOff: Date?
    /// The score: final if the match is finished, so far if it is being played; nil before.
    public let goals: Sides<Int>?
    /// The score at half-time, where the feed has it.
    public let halfTimeGoals: Sides<Int>?

    /// Makes an announcement.
    public init(
        key: MatchKey, status: Status, kickOff: Date?, goals: Sides<Int>? = nil, halfTimeGoals: Sides<Int>? = nil
    ) {
        self.key = key
        self.status = status
        self.kickOff = kickOff
        self.goals = goals
        self.halfTimeGoals = halfTimeGoals
    }

    /// The fixture, without odds; nil for a match that has no kick-off or will not be played.
    public var fixture: Fixture? {
        guard let kickOff, status != .postponed, status != .cancelled else { return nil }
        return Fixture(key: key, day: Day(inLondon: kickOff), kickOff: kickOff, odds: [:])
    }

    /// The finished match, without odds and statistics; nil for any other.
    public var match: Match? {
        guard status == .finished, let fixture, let goals else { return nil }
        return Match(
            fixture: fixture, result: MatchResult(goals: goals, halfTimeGoals: halfTimeGoals, statistics: [:]))
    }
}
