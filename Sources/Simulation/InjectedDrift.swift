public import Football

/// A change of the simulated world from a day on, for showing and testing that drift is noticed.
public struct InjectedDrift: Hashable, Sendable {
    /// A world that stays as it is.
    public static let none = InjectedDrift(from: Day(number: .max))

    /// The first day of the changed world.
    public let start: Day
    /// Share of the home advantage that is left: 1 leaves it, 0 removes it, and a negative one favours visitors.
    public let homeAdvantage: Double
    /// Factor on yellow and red cards.
    public let cards: Double
    /// The bookmakers' margin from then on.
    public let margin: Double
    /// Whether the odds know of the home advantage's change; if not, the market goes wrong with the model.
    public let isPricedIn: Bool

    /// Makes a drift; what is not given stays as it was.
    public init(
        from start: Day,
        homeAdvantage: Double = 1,
        cards: Double = 1,
        margin: Double = SimulatedLeague.usualMargin,
        isPricedIn: Bool = false
    ) {
        self.start = start
        self.homeAdvantage = homeAdvantage
        self.cards = cards
        self.margin = margin
        self.isPricedIn = isPricedIn
    }

    /// What applies on a day.
    func applied(on day: Day) -> InjectedDrift { day < start ? .none : self }
}
