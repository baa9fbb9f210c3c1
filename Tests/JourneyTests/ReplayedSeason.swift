import Football
import FoundationEssentials
import Synchronization
import TestSupport

/// A real season as two feeds came to show it: football-data.co.uk, with odds and results in batches, and the fantasy
/// game, with all kick-offs ahead, two matches put off, and final scores in the same batches.
final class ReplayedSeason: Sendable {
    /// A match that was to be played earlier, and until when that was believed.
    struct Postponement: Sendable {
        let first: Date
        let known: Date
        let redated: Date
    }

    let season: Season
    /// The matches in the order of their kick-offs.
    let matches: [Match]
    let postponements: [MatchKey: Postponement]
    private let now: @Sendable () -> Date
    private let stop = Mutex<Date>(.distantFuture)

    init(_ season: Season, now: @escaping @Sendable () -> Date) throws {
        self.season = season
        self.now = now
        let file = try SharedData.url("football-data.co.uk/mmz4281/\(season.code)/E0.csv")
        let matches = try SeasonFile.decode(Array(Data(contentsOf: file)), division: "E0", season: season).rows.sorted {
            $0.fixture.forecastDeadline < $1.fixture.forecastDeadline
        }
        self.matches = matches
        // Two matches of the last days of April were to be played on a Saturday in February; both went off that morning.
        let first = (Day(year: season.startYear + 1, month: 2, day: 24) ?? Day(number: 0)).london(hour: 15, minute: 0)
        let late = matches.filter { $0.fixture.day.civil.month == 4 && $0.fixture.day.civil.day > 20 }.prefix(2)
        postponements = late.reduce(into: [:]) { postponements, match in
            postponements[match.fixture.key] = Postponement(
                first: first, known: first.addingTimeInterval(-6 * 3600), redated: first.addingTimeInterval(14 * 86_400)
            )
        }
    }

    /// Nothing new is published after an instant: the server goes on answering with what there was.
    func stopPublishing(at instant: Date) { stop.withLock { $0 = instant } }

    private var seen: Date { min(now(), stop.withLock { $0 }) }

    /// How many batches of results lie in a span.
    func batches(from: Date, to: Date) -> Int {
        Set(matches.map(resultShown)).count { (from...to).contains($0) }
    }

    /// Sunday and Wednesday nights, with all that was over by then.
    func resultShown(_ match: Match) -> Date {
        let over = match.fixture.forecastDeadline.addingTimeInterval(2.5 * 3600)
        var day = Day(containing: match.fixture.forecastDeadline)
        while true {
            let night = day.start.addingTimeInterval(23.5 * 3600)
            if [2, 6].contains(day.weekday), night >= over { return night }
            day = day.advanced(by: 1)
        }
    }

    /// Tuesday and Friday mornings, before the day.
    private func oddsShown(_ kickOff: Date) -> Date {
        var day = Day(inLondon: kickOff).advanced(by: -1)
        while ![1, 4].contains(day.weekday) { day = day.advanced(by: -1) }
        return day.start.addingTimeInterval(9 * 3600)
    }

    func answer(_ request: LoopbackRequest) -> LoopbackResponse {
        let seen = seen
        guard let body = body(of: request.path, at: seen) else { return .status(404) }
        return .conditional(body, changed: 0, to: request)
    }

    private func body(of path: String, at seen: Date) -> [UInt8]? {
        switch path {
        case "/mmz4281/\(season.code)/E0.csv": SeasonFile.encode(matches.filter { resultShown($0) <= seen })
        case "/fixtures.csv": FixturesFile.encode(matches.compactMap { ahead($0, at: seen) }, columns: quotes)
        case "/api/fixtures/": FantasyFeed.encode(matches.map { announcement($0, at: seen) }, teams: clubs)
        case "/api/bootstrap-static/": FantasyFeed.encode(teams: clubs)
        default: nil
        }
    }

    /// The file's columns of odds; closing odds come with the result.
    private var quotes: Set<Quote> {
        Set((matches.first?.fixture.odds.keys).map(Array.init) ?? []).filter { !$0.closing }
    }

    private var clubs: [String] { Set(matches.map(\.fixture.key.home)).sorted() }

    /// When a match is to be as far as was known then; nil while it has no date.
    private func kickOff(_ match: Match, at seen: Date) -> Date? {
        guard let moved = postponements[match.fixture.key], seen < moved.redated else {
            return match.fixture.forecastDeadline
        }
        return seen < moved.known ? moved.first : nil
    }

    private func ahead(_ match: Match, at seen: Date) -> Fixture? {
        guard let kickOff = kickOff(match, at: seen), kickOff > seen, oddsShown(kickOff) <= seen else { return nil }
        return Fixture(
            key: match.fixture.key, day: Day(inLondon: kickOff), kickOff: kickOff,
            odds: match.fixture.odds.filter { quotes.contains($0.key) })
    }

    private func announcement(_ match: Match, at seen: Date) -> Announcement {
        let key = match.fixture.key
        if resultShown(match) <= seen {
            return Announcement(
                key: key, status: .finished, kickOff: match.fixture.forecastDeadline, goals: match.result.goals)
        }
        let kickOff = kickOff(match, at: seen)
        return Announcement(key: key, status: kickOff == nil ? .postponed : .scheduled, kickOff: kickOff)
    }
}
