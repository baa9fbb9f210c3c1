public import FoundationEssentials

/// What the history knows of one match of the season, as far as it matters to what should be known by now.
public struct AgendaItem: Hashable, Sendable {
    /// What identifies the match.
    public let key: MatchKey
    /// The UK day it is, or was, to be played on.
    public let day: Day
    /// The kick-off, where one is known.
    public let kickOff: Date?
    /// Whether a feed says that it is not played when it was to be, or not at all.
    public let isOff: Bool
    /// Whether its result is known.
    public let hasResult: Bool
    /// Whether odds that a forecast may use are known.
    public let hasOdds: Bool

    /// Makes an item.
    public init(key: MatchKey, day: Day, kickOff: Date?, isOff: Bool, hasResult: Bool, hasOdds: Bool) {
        self.key = key
        self.day = day
        self.kickOff = kickOff
        self.isOff = isOff
        self.hasResult = hasResult
        self.hasOdds = hasOdds
    }

    /// The kick-off; late in the evening of the day where none is known, so that a match is never late too early.
    public var latestKickOff: Date { kickOff ?? day.start.addingTimeInterval(21 * 3600) }
}
