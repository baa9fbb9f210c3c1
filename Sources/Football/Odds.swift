/// Decimal odds for the three outcomes of a match; each is above 1.
public struct Odds: Hashable, Sendable {
    /// Odds that the home team wins.
    public let home: Double
    /// Odds of a draw.
    public let draw: Double
    /// Odds that the away team wins.
    public let away: Double

    /// Makes odds.
    public init(home: Double, draw: Double, away: Double) {
        self.home = home
        self.draw = draw
        self.away = away
    }

    /// The bookmaker's margin: the sum of the inverse odds less 1.
    public var overround: Double { 1 / home + 1 / draw + 1 / away - 1 }
}

/// Which odds: whose, and taken when.
public struct Quote: Hashable, Sendable {
    /// Whose odds they are.
    public let bookmaker: Bookmaker
    /// Whether they are the last odds before kick-off rather than those collected days before.
    public let closing: Bool

    /// Makes a quote's identity.
    public init(_ bookmaker: Bookmaker, closing: Bool = false) {
        self.bookmaker = bookmaker
        self.closing = closing
    }

    /// Whether both are the same bookmaker's, taken alike.
    public static func == (lhs: Quote, rhs: Quote) -> Bool { lhs.number == rhs.number }

    /// Hashes a number: the raw value of a bookmaker is a string, and odds are looked up all the time.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }

    private var number: UInt8 {
        let place: UInt8 =
            switch bookmaker {
            case .bet365: 0
            case .pinnacle: 1
            case .maximum: 2
            case .average: 3
            }
        return closing ? place + 4 : place
    }
}

/// The odds columns that Touchline keeps.
public enum Bookmaker: String, CaseIterable, Sendable {
    /// Bet365 (`B365H`).
    case bet365
    /// Pinnacle (`PSH`).
    case pinnacle
    /// The highest across bookmakers (`MaxH`, before 2019/20 `BbMxH`).
    case maximum
    /// The mean across bookmakers (`AvgH`, before 2019/20 `BbAvH`).
    case average
}

/// Probabilities of the three outcomes; each is in 0...1 and they sum to 1.
public struct OutcomeProbabilities: Hashable, Sendable {
    /// Probability that the home team wins.
    public let home: Double
    /// Probability of a draw.
    public let draw: Double
    /// Probability that the away team wins.
    public let away: Double

    /// Makes probabilities from three that sum to 1.
    public init(home: Double, draw: Double, away: Double) {
        self.home = home
        self.draw = draw
        self.away = away
    }

    /// The probability of one outcome.
    public subscript(outcome: Outcome) -> Double {
        switch outcome {
        case .home: home
        case .draw: draw
        case .away: away
        }
    }
}
