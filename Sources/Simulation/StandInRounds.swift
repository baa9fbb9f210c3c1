public import Football
public import FoundationEssentials

/// Rounds that stand in for a real league's own while no feed says who plays when.
///
/// Every pair of the season that no feed ever named may still meet; each Saturday has a round of such pairs, in which
/// no team plays twice. The rounds are a function of what was known when the feeds went silent, so that a fixture
/// which was invented once stays where it is.
public struct StandInRounds: Sendable {
    /// The league's clubs, sorted.
    private let teams: [String]
    private let division: String
    private let season: Season
    private let seed: UInt64
    /// Pairs that a feed named, whether they were played or not.
    private let named: Set<MatchKey>

    /// Looks at what is known of a season.
    ///
    /// - Parameters:
    ///   - season: The season being played.
    ///   - division: The division's code.
    ///   - named: Every match of the season that a feed ever named; who plays in it is taken from here.
    ///   - seed: Decides who meets whom.
    public init(_ season: Season, division: String, named: Set<MatchKey>, seed: UInt64) {
        self.season = season
        self.division = division
        self.seed = seed
        self.named = named.filter { $0.season == season && $0.division == division }
        teams = Set(self.named.flatMap { [$0.home, $0.away] }).sorted()
    }

    /// The invented fixtures whose kick-offs lie in a span, without odds, by kick-off.
    ///
    /// - Parameters:
    ///   - silence: When the feeds went silent, or the last kick-off that they had named, whichever is later.
    ///   - span: Kick-offs outside it are left out.
    /// - Returns: None of a season whose clubs are unknown, and none from June on.
    public func fixtures(after silence: Date, in span: ClosedRange<Date>) -> [Fixture] {
        var left = named
        var fixtures: [Fixture] = []
        var saturday = StandInRounds.saturday(after: Day(inLondon: silence))
        let end = min(Day(inLondon: span.upperBound), season.firstDay.advanced(by: 303))
        while saturday <= end, teams.count > 1 {
            let kickOff = saturday.london(hour: 15, minute: 0)
            let round = round(on: saturday, without: left)
            guard !round.isEmpty else { break }
            left.formUnion(round)
            if span.contains(kickOff) {
                fixtures += round.map { Fixture(key: $0, day: saturday, kickOff: kickOff, odds: [:]) }
            }
            saturday = saturday.advanced(by: 7)
        }
        return fixtures
    }

    /// The first Saturday later than a day.
    private static func saturday(after day: Day) -> Day { day.advanced(by: 1 + (11 - day.weekday) % 7) }

    /// As many pairs as a few greedy attempts find, among those that are left.
    private func round(on day: Day, without taken: Set<MatchKey>) -> [MatchKey] {
        var stream = RandomStream(seed: seed, 6, Int(day.number))
        var best: [MatchKey] = []
        for _ in 0..<20 where best.count < teams.count / 2 {
            var free = Set(teams)
            var round: [MatchKey] = []
            for home in teams.shuffled(using: &stream) where free.contains(home) {
                let guest = teams.shuffled(using: &stream).first { away in
                    away != home && free.contains(away) && !taken.contains(key(home, away))
                }
                guard let guest else { continue }
                free.subtract([home, guest])
                round.append(key(home, guest))
            }
            if round.count > best.count { best = round }
        }
        return best.sorted { $0.home < $1.home }
    }

    private func key(_ home: String, _ away: String) -> MatchKey {
        MatchKey(division: division, season: season, home: home, away: away)
    }

    /// The odds of a bookmaker who believes these probabilities and takes the usual margin.
    public static func odds(for probabilities: OutcomeProbabilities) -> Odds {
        let offered = probabilities.values.map { share in
            max(1.01, (100 / (max(0.005, share) * (1 + SimulatedLeague.usualMargin))).rounded() / 100)
        }
        return Odds(home: offered[0], draw: offered[1], away: offered[2])
    }
}
