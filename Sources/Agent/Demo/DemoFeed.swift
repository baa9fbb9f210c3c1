internal import Football
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import Simulation
internal import Synchronization

/// Serves a simulated league over HTTP as football-data.co.uk serves the real one: what is known by now, no more.
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
        guard let body = body(of: request.uri.path, at: now).map({ faults.applied(to: $0, seed: league.seed) }) else {
            return Response(.notFound, text: "no such file")
        }
        let tag = "\"\(body.count)-\(Self.hash(body))\""
        if request.headers[.ifNoneMatch] == tag {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = Response(.ok, "text/csv", body)
        response.headers[.eTag] = tag
        return response
    }

    private func body(of path: String, at now: Date) -> [UInt8]? {
        let current = Season(containing: Day(containing: now))
        if path == "/fixtures.csv" {
            // A round may belong to the season that begins within the next days.
            let ahead = [current, Season(startYear: current.startYear + 1)].flatMap(matches).map(\.fixture)
            return SimulatedLeague.fixturesCSV(
                ahead.filter {
                    $0.forecastDeadline > now && $0.forecastDeadline < now.addingTimeInterval(Self.announced)
                })
        }
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "mmz4281", parts[2] == "\(SimulatedLeague.division).csv",
            let season = (current.startYear - 30...current.startYear).map(Season.init(startYear:)).first(where: {
                $0.code == parts[1]
            })
        else { return nil }
        let delay = Self.resultDelay + Double(faults.delayedDays) * 86_400
        let finished = matches(of: season).filter {
            $0.fixture.forecastDeadline.addingTimeInterval(delay) < now
        }
        return finished.isEmpty ? nil : SimulatedLeague.seasonCSV(finished)
    }

    private func matches(of season: Season) -> [Match] {
        if let known = played.withLock({ $0[season] }) { return known }
        let matches = league.season(season)
        played.withLock { $0[season] = matches }
        return matches
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
