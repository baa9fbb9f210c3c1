import Football
import FoundationEssentials
import Simulation
import Synchronization
import TestSupport

/// A league whose results come in while one watches: every request for its newest season finds a few more.
///
/// All matches of that season are on one evening, by clubs that exist for one round only: so they are forecast as
/// fixtures before their results appear, and no result is of a day to come.
final class GrowingFeed: Sendable {
    let server: LoopbackServer
    let firstSeason: Season
    let lastSeason: Season
    private let state: State

    init(seed: UInt64) throws {
        let now = Date()
        let today = Day(containing: now)
        // In the last minutes before that kick-off it is too late for forecasts, and the evening is tomorrow's.
        let hasTime = today.london(hour: 23, minute: 59) > now.addingTimeInterval(600)
        let day = hasTime ? today : today.advanced(by: 1)
        lastSeason = Season(containing: day)
        firstSeason = Season(startYear: lastSeason.startYear - 2)
        let state = State(league: SimulatedLeague(seed: seed), season: lastSeason, on: day)
        self.state = state
        server = try LoopbackServer { state.answer($0) }
    }

    var url: String { "http://127.0.0.1:\(server.port)" }

    /// No further results come in from now on.
    func freeze() { state.isGrowing.store(false, ordering: .relaxed) }

    /// Every result that was published, as `home 2-1 away`.
    var published: Set<String> {
        Set(
            state.matches.prefix(state.results.load(ordering: .relaxed)).map { match in
                let (key, goals) = (match.fixture.key, match.result.goals)
                return "\(key.home) \(goals.home)-\(goals.away) \(key.away)"
            })
    }

    private final class State: Sendable {
        let matches: [Match]
        let results = Atomic<Int>(0)
        let isGrowing = Atomic<Bool>(true)
        private let league: SimulatedLeague
        private let season: Season

        /// Results that a request adds, and fixtures that are announced ahead of them.
        private static let (step, announced) = (2, 40)

        init(league: SimulatedLeague, season: Season, on day: Day) {
            self.league = league
            self.season = season
            matches = league.season(season).enumerated().map { number, match in
                let (known, round) = (match.fixture.key, number / (league.clubs.count / 2) + 1)
                let key = MatchKey(
                    division: known.division, season: season, home: "\(known.home) \(round)",
                    away: "\(known.away) \(round)")
                let fixture = Fixture(
                    key: key, day: day, kickOff: day.london(hour: 23, minute: 59), odds: match.fixture.odds)
                return Match(fixture: fixture, result: match.result)
            }
        }

        func answer(_ request: LoopbackRequest) -> LoopbackResponse {
            let known = results.load(ordering: .relaxed)
            if request.path == "/fixtures.csv" {
                let ahead = matches.dropFirst(known).prefix(State.announced).map(\.fixture)
                return .conditional(SimulatedLeague.fixturesCSV(Array(ahead)), changed: known, to: request)
            }
            for year in season.startYear - 2..<season.startYear
            where request.path.contains("/\(Season(startYear: year).code)/") {
                let played = league.season(Season(startYear: year))
                return .conditional(SimulatedLeague.seasonCSV(played), changed: year, to: request)
            }
            let shown = SimulatedLeague.seasonCSV(Array(matches.prefix(known)))
            if isGrowing.load(ordering: .relaxed), known + State.step <= matches.count {
                results.store(known + State.step, ordering: .relaxed)
            }
            return .conditional(shown, changed: known, to: request)
        }
    }
}
