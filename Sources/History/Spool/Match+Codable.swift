public import Football
import FoundationEssentials

extension Fixture: Codable {
    private enum Key: String, CodingKey { case key, day, kickOff, odds }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            key: try values.decode(MatchKey.self, forKey: .key), day: try values.decode(Day.self, forKey: .day),
            kickOff: try values.decodeIfPresent(Date.self, forKey: .kickOff),
            odds: try values.decode([Quote: Odds].self, forKey: .odds))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(key, forKey: .key)
        try values.encode(day, forKey: .day)
        try values.encodeIfPresent(kickOff, forKey: .kickOff)
        try values.encode(odds, forKey: .odds)
    }
}

extension MatchResult: Codable {
    private enum Key: String, CodingKey { case goals, halfTimeGoals, statistics }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            goals: try values.decode(Sides<Int>.self, forKey: .goals),
            halfTimeGoals: try values.decodeIfPresent(Sides<Int>.self, forKey: .halfTimeGoals),
            statistics: try values.decode([Statistic: Sides<Int>].self, forKey: .statistics))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(goals, forKey: .goals)
        try values.encodeIfPresent(halfTimeGoals, forKey: .halfTimeGoals)
        try values.encode(statistics, forKey: .statistics)
    }
}

extension Match: Codable {
    private enum Key: String, CodingKey { case fixture, result }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            fixture: try values.decode(Fixture.self, forKey: .fixture),
            result: try values.decode(MatchResult.self, forKey: .result))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(fixture, forKey: .fixture)
        try values.encode(result, forKey: .result)
    }
}

extension QuarantinedRow: Codable {
    private enum Key: String, CodingKey { case line, rule, value, text }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            line: try values.decode(Int.self, forKey: .line), rule: try values.decode(RowRule.self, forKey: .rule),
            value: try values.decode(String.self, forKey: .value), text: try values.decode(String.self, forKey: .text))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(line, forKey: .line)
        try values.encode(rule, forKey: .rule)
        try values.encode(value, forKey: .value)
        try values.encode(text, forKey: .text)
    }
}
