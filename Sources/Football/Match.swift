public import FoundationEssentials

/// What identifies a match: a pair of teams meets once a season at the first one's ground.
public struct MatchKey: Hashable, Sendable {
    /// The division's code at football-data.co.uk, for instance `E0` for the Premier League.
    public let division: String
    /// The season it is played in.
    public let season: Season
    /// The home team's canonical name.
    public let home: String
    /// The away team's canonical name.
    public let away: String

    /// Makes a key from canonical names.
    public init(division: String, season: Season, home: String, away: String) {
        self.division = division
        self.season = season
        self.home = home
        self.away = away
    }
}

/// A match to be played, or one that was: who, when, and at which odds.
public struct Fixture: Hashable, Sendable {
    /// What identifies the match.
    public let key: MatchKey
    /// The UK calendar day it is played on.
    public let day: Day
    /// The kick-off, where the feed gives a time.
    public let kickOff: Date?
    /// Bookmakers' odds, by quote.
    public let odds: [Quote: Odds]

    /// Makes a fixture.
    public init(key: MatchKey, day: Day, kickOff: Date?, odds: [Quote: Odds]) {
        self.key = key
        self.day = day
        self.kickOff = kickOff
        self.odds = odds
    }

    /// The instant from which a forecast would be too late: the kick-off, or the start of the day if no time is known.
    public var forecastDeadline: Date { kickOff ?? day.start }
}

/// A finished match: its fixture and what happened.
public struct Match: Hashable, Sendable {
    /// Who, when, and at which odds.
    public let fixture: Fixture
    /// Goals, and the match statistics where the feed has them.
    public let result: MatchResult

    /// Makes a finished match.
    public init(fixture: Fixture, result: MatchResult) {
        self.fixture = fixture
        self.result = result
    }
}

/// A count for each side of a match.
public struct Sides<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The home team's.
    public let home: Value
    /// The away team's.
    public let away: Value

    /// Makes a pair.
    public init(home: Value, away: Value) {
        self.home = home
        self.away = away
    }
}

/// What a finished match left behind.
public struct MatchResult: Hashable, Sendable {
    /// Full-time goals.
    public let goals: Sides<Int>
    /// Half-time goals, where known.
    public let halfTimeGoals: Sides<Int>?
    /// Match statistics, where known.
    public let statistics: [Statistic: Sides<Int>]

    /// Makes a result.
    public init(goals: Sides<Int>, halfTimeGoals: Sides<Int>?, statistics: [Statistic: Sides<Int>]) {
        self.goals = goals
        self.halfTimeGoals = halfTimeGoals
        self.statistics = statistics
    }

    /// Who won.
    public var outcome: Outcome { Outcome(goals: goals) }
}

/// A count that is kept of each side during a match.
public enum Statistic: String, CaseIterable, Sendable {
    /// Shots.
    case shots
    /// Shots on target; counted differently before 2013/14.
    case shotsOnTarget = "shots_on_target"
    /// Corner kicks.
    case corners
    /// Fouls committed.
    case fouls
    /// Yellow cards.
    case yellowCards = "yellow_cards"
    /// Red cards.
    case redCards = "red_cards"
}

/// The three outcomes of a match, in the order that ranked scores use.
public enum Outcome: Int, CaseIterable, Sendable {
    /// The home team won.
    case home
    /// Nobody won.
    case draw
    /// The away team won.
    case away

    /// The outcome that a score amounts to.
    public init(goals: Sides<Int>) {
        if goals.home == goals.away { self = .draw } else { self = goals.home > goals.away ? .home : .away }
    }

    /// The letter that football-data.co.uk uses: `H`, `D` or `A`.
    public var letter: String { ["H", "D", "A"][rawValue] }

    /// The label value that metrics use: `home`, `draw` or `away`.
    public var name: String { ["home", "draw", "away"][rawValue] }
}
