internal import Football
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import Simulation
internal import Synchronization

/// Serves a simulated league over HTTP as all three feeds serve the real one: what is known by now, no more.
///
/// football-data.co.uk's files get the faults, but for seasons that are over: a feed that was always so is not faulty.
final class DemoFeed: HTTPResponder {
    typealias Context = BasicRequestContext

    /// How long after kick-off a result appears.
    private static let resultDelay: TimeInterval = 2 * 3600
    /// How far ahead fixtures and their odds appear.
    private static let announced: TimeInterval = 10 * 86_400

    private let league: SimulatedLeague
    private let clock: LeagueClock
    private let faults: InjectedFaults
    private let played = Mutex<[Season: [Match]]>([:])

    init(league: SimulatedLeague, clock: LeagueClock, faults: InjectedFaults = .none) {
        self.league = league
        self.faults = faults
        self.clock = clock
    }

    func respond(to request: Request, context: Context) async -> Response {
        let now = clock.now
        guard let body = body(of: request.uri.path, at: now) else { return Response(.notFound, text: "no such file") }
        let tag = "\"\(body.count)-\(body.fingerprint)\""
        if request.headers[.ifNoneMatch] == tag {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = Response(.ok, request.uri.path.hasSuffix(".csv") ? "text/csv" : "application/json", body)
        response.headers[.eTag] = tag
        return response
    }

    private func body(of path: String, at now: Date) -> [UInt8]? {
        let current = Season(containing: Day(containing: now))
        switch path {
        case "/fixtures.csv": return faults.applied(to: fixtures(current, at: now), seed: league.seed)
        case "/api/bootstrap-static/": return league.fantasyTeamsJSON
        case "/api/fixtures/":
            return FantasyFeed.encode(SimulatedLeague.announcements(matches(of: current), at: now), teams: league.clubs)
        case "/v4/competitions/PL/matches":
            return OrganisationFeed.encode(SimulatedLeague.announcements(matches(of: current), at: now))
        default: return season(path, current, at: now)
        }
    }

    private func fixtures(_ current: Season, at now: Date) -> [UInt8] {
        // A round may belong to the season that begins within the next days.
        let ahead = [current, Season(startYear: current.startYear + 1)].flatMap(matches).map(\.fixture)
        return SimulatedLeague.fixturesCSV(
            ahead.filter {
                $0.forecastDeadline > now && $0.forecastDeadline < now.addingTimeInterval(Self.announced)
            })
    }

    private func season(_ path: String, _ current: Season, at now: Date) -> [UInt8]? {
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "mmz4281", parts[2] == "\(SimulatedLeague.division).csv",
            let season = (current.startYear - 30...current.startYear).map(Season.init(startYear:)).first(where: {
                $0.code == parts[1]
            })
        else { return nil }
        let delay = Self.resultDelay + Double(season == current ? faults.delayedDays : 0) * 86_400
        let finished = matches(of: season).filter {
            $0.fixture.forecastDeadline.addingTimeInterval(delay) < now
        }
        guard !finished.isEmpty else { return nil }
        let file = SimulatedLeague.seasonCSV(finished)
        return season == current ? faults.applied(to: file, seed: league.seed) : file
    }

    private func matches(of season: Season) -> [Match] {
        if let known = played.withLock({ $0[season] }) { return known }
        let matches = league.season(season)
        played.withLock { $0[season] = matches }
        return matches
    }
}
