public import Football

// The spool's form of football's values: a match's identity and pairs are arrays, names are their raw values.

extension Statistic: Codable {}
extension Outcome: Codable {}
extension Bookmaker: Codable {}
extension RowRule: Codable {}

extension MatchKey: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(
            division: try values.decode(String.self), season: Season(startYear: try values.decode(Int.self)),
            home: try values.decode(String.self), away: try values.decode(String.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(division)
        try values.encode(season.startYear)
        try values.encode(home)
        try values.encode(away)
    }
}

extension Day: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        self.init(number: try decoder.singleValueContainer().decode(Int32.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(number)
    }
}

extension Odds: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(
            home: try values.decode(Double.self), draw: try values.decode(Double.self),
            away: try values.decode(Double.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        for odds in [home, draw, away] { try values.encode(odds) }
    }
}

extension OutcomeProbabilities: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(
            home: try values.decode(Double.self), draw: try values.decode(Double.self),
            away: try values.decode(Double.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        for probability in [home, draw, away] { try values.encode(probability) }
    }
}

extension Quote: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(try values.decode(Bookmaker.self), closing: try values.decode(Bool.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(bookmaker)
        try values.encode(closing)
    }
}

extension Sides: Codable where Value: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(home: try values.decode(Value.self), away: try values.decode(Value.self))
    }

    /// Writes the spool's form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(home)
        try values.encode(away)
    }
}
