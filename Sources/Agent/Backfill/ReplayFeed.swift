internal import Football
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

/// Serves past seasons as football-data.co.uk would have served them at the instant that a replay is at.
///
/// Results appear on the morning after the match. Fixtures appear a week ahead, with the odds before closing; that a
/// match was moved later is known too early, because the files keep no trace of the day it was meant for.
final class ReplayFeed: HTTPResponder {
    typealias Context = BasicRequestContext

    /// How long after the start of the day of a match its result appears.
    private static let resultDelay: TimeInterval = 30 * 3600
    /// How far ahead fixtures and their odds appear.
    private static let announced: TimeInterval = 7 * 86_400

    private let division: String
    private let seasons: [Season: [Match]]
    private let instant: ReplayedInstant

    init(_ matches: [Match], division: String, at instant: ReplayedInstant) {
        self.division = division
        self.instant = instant
        seasons = Dictionary(grouping: matches, by: \.fixture.key.season)
    }

    func respond(to request: Request, context: Context) async -> Response {
        let now = instant.now
        let parts = request.uri.path.split(separator: "/")
        if parts == ["fixtures.csv"] {
            return Response(.ok, "text/csv", FixturesFile.encode(ahead(of: now), columns: columns(at: now)))
        }
        guard parts.count == 3, parts[0] == "mmz4281", parts[2] == "\(division).csv",
            let matches = seasons.first(where: { $0.key.code == parts[1] })?.value
        else { return Response(.notFound, text: "no such file") }
        let known = matches.filter { $0.fixture.day.start.addingTimeInterval(Self.resultDelay) <= now }
        guard !known.isEmpty else { return Response(.notFound, text: "not published yet") }
        // What is known of a season only grows, so that the number tells one file from another.
        let tag = "\"\(parts[1])-\(known.count)\""
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: [.eTag: tag]) }
        var response = Response(.ok, "text/csv", SeasonFile.encode(known))
        response.headers[.eTag] = tag
        return response
    }

    /// The odds that the season's file quotes before closing: a column stays where no coming fixture has a price in it.
    private func columns(at now: Date) -> Set<Quote> {
        let season = seasons[Season(containing: Day(containing: now))] ?? []
        return Set(season.flatMap(\.fixture.odds.keys).filter { !$0.closing })
    }

    private func ahead(of now: Date) -> [Fixture] {
        let current = Season(containing: Day(containing: now))
        return [current, Season(startYear: current.startYear + 1)].flatMap { seasons[$0] ?? [] }.map(\.fixture)
            .filter { $0.forecastDeadline > now && $0.forecastDeadline < now.addingTimeInterval(Self.announced) }
            .map { fixture in
                Fixture(
                    key: fixture.key, day: fixture.day, kickOff: fixture.kickOff,
                    odds: fixture.odds.filter { !$0.key.closing })
            }
    }
}
