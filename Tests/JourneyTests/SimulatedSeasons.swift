import Football
import FoundationEssentials
import Simulation
import TestSupport

/// Seasons of a simulated league, as football-data.co.uk's files would show them at the instant of a clock.
final class SimulatedSeasons: Sendable {
    let server: LoopbackServer
    /// The newest season's matches in the order of their kick-offs.
    let matches: [Match]

    /// Starts a feed of some seasons.
    ///
    /// - Parameters:
    ///   - league: Who plays.
    ///   - seasons: Which; the last is the one that is being played.
    ///   - now: The league's present.
    /// - Throws: If no port is free.
    init(_ league: SimulatedLeague, _ seasons: ClosedRange<Int>, now: @escaping @Sendable () -> Date) throws {
        let played = seasons.map { league.season(Season(startYear: $0)) }
        matches = played.last ?? []
        let files = Dictionary(
            uniqueKeysWithValues: zip(seasons, played).map { year, matches in
                ("/mmz4281/\(Season(startYear: year).code)/\(SimulatedLeague.division).csv", matches)
            })
        server = try LoopbackServer { request in
            let now = now()
            if request.path == "/fixtures.csv" {
                let ahead = played.joined().map(\.fixture).filter {
                    (now..<now.addingTimeInterval(SimulatedSeasons.announced)).contains($0.forecastDeadline)
                }
                return .conditional(SimulatedLeague.fixturesCSV(ahead), changed: 0, to: request)
            }
            let finished = files[request.path]?.filter { SimulatedSeasons.end(of: $0) < now } ?? []
            guard !finished.isEmpty else { return .status(404) }
            return .conditional(SimulatedLeague.seasonCSV(finished), changed: 0, to: request)
        }
    }

    /// How far ahead fixtures and their odds appear.
    private static let announced: TimeInterval = 10 * 86_400

    /// When a match's result appears.
    private static func end(of match: Match) -> Date {
        match.fixture.forecastDeadline.addingTimeInterval(SimulatedLeague.matchLength)
    }

    /// How many of the newest season's matches were over between two instants.
    func matches(over from: Date, to: Date) -> Int {
        matches.count { from < SimulatedSeasons.end(of: $0) && SimulatedSeasons.end(of: $0) <= to }
    }

    /// The round that a day of the newest season belongs to: 1 before and at the first.
    func round(of day: Day) -> Int {
        let before = matches.count { $0.fixture.day < day }
        return before / 10 + 1
    }
}
