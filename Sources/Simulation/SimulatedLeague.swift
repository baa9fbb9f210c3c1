public import Football
import Glibc

/// A league of twenty invented clubs whose seasons look like the Premier League's.
///
/// Everything is a function of the seed and the season. Rows carry a division of their own, so that they can never be
/// taken for real ones.
public struct SimulatedLeague: Sendable {
    /// The division's code in every row.
    public static let division = "SIM"
    /// The bookmakers' margin without drift.
    public static let usualMargin = 0.05

    /// The seed that determines every season.
    public let seed: UInt64
    /// What changes from some day on.
    public let drift: InjectedDrift
    private let teams: [SimulatedTeam]

    /// Makes the league that belongs to a seed; before the drift's day it equals the one without drift.
    public init(seed: UInt64, drift: InjectedDrift = .none) {
        self.seed = seed
        self.drift = drift
        teams = SimulatedTeam.league(seed: seed)
    }

    /// The clubs' names.
    public var clubs: [String] { teams.map(\.name) }

    /// Plays a whole season: 380 matches sorted by kick-off, a round a weekend from August to May.
    ///
    /// Every match has its result. Who serves a season as of an instant leaves out what was not over by then.
    public func season(_ season: Season) -> [Match] {
        SeasonCalendar(season, teams: teams.count, seed: seed).appointments.map { play($0, in: season) }
    }

    /// Encodes matches as a season file of football-data.co.uk (`mmz4281/2324/E0.csv`).
    public static func seasonCSV(_ matches: [Match]) -> [UInt8] { SeasonFile.encode(matches) }

    /// Encodes fixtures as football-data.co.uk's `fixtures.csv`.
    public static func fixturesCSV(_ fixtures: [Fixture]) -> [UInt8] {
        FixturesFile.encode(fixtures, columns: [Quote(.bet365), Quote(.average)])
    }

    private func play(_ appointment: SeasonCalendar.Appointment, in season: Season) -> Match {
        let day = appointment.day
        let (home, away) = (teams[appointment.home], teams[appointment.away])
        let drift = drift.applied(on: day)
        var stream = RandomStream(seed: seed, 4, season.startYear, appointment.home, appointment.away)
        let model = MatchModel(home: home, away: away, day: day, homeAdvantage: drift.homeAdvantage)
        let believed =
            drift.isPricedIn ? model : MatchModel(home: home, away: away, day: day, homeAdvantage: 1)
        let bet365 = odds(for: believed.probabilities, margin: drift.margin, noise: 0.05, &stream)
        let average = odds(for: believed.probabilities, margin: drift.margin, noise: 0.02, &stream)
        let fixture = Fixture(
            key: MatchKey(division: SimulatedLeague.division, season: season, home: home.name, away: away.name),
            day: day,
            kickOff: day.london(hour: appointment.hour, minute: appointment.minute),
            odds: [Quote(.bet365): bet365, Quote(.average): average]
        )
        return Match(fixture: fixture, result: model.result(&stream, cards: drift.cards))
    }

    /// Odds that a bookmaker with a noisy view of the probabilities offers, in steps of 0.01 and at least 1.01.
    private func odds(
        for probabilities: OutcomeProbabilities, margin: Double, noise: Double, _ stream: inout RandomStream
    ) -> Odds {
        let believed = Outcome.allCases.map { max(0.005, probabilities[$0]) * exp(noise * stream.normal()) }
        let total = believed.reduce(0, +)
        let offered = believed.map { max(1.01, (100 * total / ($0 * (1 + margin))).rounded() / 100) }
        return Odds(home: offered[0], draw: offered[1], away: offered[2])
    }
}
