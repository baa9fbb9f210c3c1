import Football
import FoundationEssentials
import TestSupport
import Testing

/// A real season replayed in steps of three hours: fixtures published ahead, results in batches, two postponements.
struct FreshnessTests {
    private static let limits = Freshness.Limits(
        resultLag: 4 * 86_400, oddsLead: 2 * 3600, fixtureGap: 28 * 86_400)
    private static let hour: TimeInterval = 3600

    /// One match as a feed comes to show it.
    private struct Showing {
        let key: MatchKey
        let kickOff: Date
        /// Where it stood first, and from when on it was known not to be played then; nil if it was never put off.
        let postponed: (first: Date, known: Date)?
        let firstShown: Date
        let shown: Date
        let resultShown: Date

        /// Fixtures come on Tuesday and Friday mornings for the days until the next but one of these; results on
        /// Sunday and Wednesday nights, with all matches that were over by then.
        init(_ match: Match, postponed: (first: Date, known: Date)?) {
            key = match.fixture.key
            kickOff = match.fixture.forecastDeadline
            self.postponed = postponed
            shown = Showing.announcement(of: match.fixture.day)
            firstShown = postponed.map { Showing.announcement(of: Day(containing: $0.first)) } ?? shown
            resultShown = Showing.publication(after: kickOff)
        }

        func item(at seen: Date, now: Date) -> AgendaItem? {
            guard firstShown <= seen || shown <= seen else { return nil }
            let isMoved = shown <= seen
            let place = isMoved ? kickOff : postponed?.first ?? kickOff
            let isOff = !isMoved && (postponed.map { $0.known <= now } ?? false)
            return AgendaItem(
                key: key, day: Day(inLondon: place), kickOff: place, isOff: isOff, hasResult: resultShown <= seen,
                hasOdds: true)
        }

        private static func publication(after kickOff: Date) -> Date {
            var day = Day(containing: kickOff)
            while true {
                let night = day.start.addingTimeInterval(23.5 * hour)
                if [2, 6].contains(day.weekday), night >= kickOff.addingTimeInterval(2.5 * hour) { return night }
                day = day.advanced(by: 1)
            }
        }

        private static func announcement(of day: Day) -> Date {
            var published = day.advanced(by: -1)
            while ![1, 4].contains(published.weekday) { published = published.advanced(by: -1) }
            return published.start.addingTimeInterval(9 * hour)
        }
    }

    private struct Publisher {
        let showings: [Showing]
        /// The instant after which nothing new comes.
        var stops = Date.distantFuture

        func agenda(at now: Date) -> [AgendaItem] {
            let seen = min(now, stops)
            return showings.compactMap { $0.item(at: seen, now: now) }
        }
    }

    private func publisher(_ year: Int) throws -> Publisher {
        let matches = try RealSeasons.everyMatch.get().filter { $0.fixture.key.season.startYear == year }
        // Two matches of April stood in January first, and were put off on the day.
        let late = matches.filter { $0.fixture.day.civil.month == 4 }.prefix(2)
        let january = try #require(Day(year: year + 1, month: 1, day: 13)).start.addingTimeInterval(15 * Self.hour)
        let moved = Set(late.map(\.fixture.key))
        let known = january.addingTimeInterval(-3 * Self.hour)
        return Publisher(
            showings: matches.map { match in
                Showing(match, postponed: moved.contains(match.fixture.key) ? (january, known) : nil)
            })
    }

    private func instants(_ from: Day, _ to: Day) -> [Date] {
        Array(stride(from: from.start, to: to.start, by: 3 * Self.hour))
    }

    @Test(arguments: [2021, 2023])
    func `a feed on time raises nothing in a whole year, breaks, postponements and summer included`(year: Int) throws {
        let publisher = try publisher(year)
        #expect(publisher.showings.count { $0.postponed != nil } == 2)
        let season = Season(startYear: year)
        for now in instants(season.firstDay, season.lastDay) {
            let freshness = Freshness(publisher.agenda(at: now), at: now, limits: Self.limits)
            guard freshness.overdueResults.isEmpty, freshness.overdueOdds.isEmpty, !freshness.fixturesOverdue else {
                Issue.record("\(now.timeIntervalSince1970): \(freshness)")
                return
            }
        }
    }

    @Test func `a feed that stops is noticed within the lag of the first match that it owes`() throws {
        var publisher = try publisher(2023)
        for month in [9, 10, 12, 2, 4] {
            let stop = try #require(Day(year: month < 8 ? 2024 : 2023, month: month, day: 10)).start
            publisher.stops = stop
            let owed = publisher.agenda(at: stop).filter { !$0.hasResult && !$0.isOff }
            let first = try #require(
                instants(Day(containing: stop), Day(containing: stop).advanced(by: 40)).first { now in
                    let freshness = Freshness(publisher.agenda(at: now), at: now, limits: Self.limits)
                    return !freshness.overdueResults.isEmpty || freshness.fixturesOverdue
                })
            if let kickOff = owed.map(\.latestKickOff).min() {
                #expect(first.timeIntervalSince(kickOff) >= Self.limits.resultLag)
                #expect(first.timeIntervalSince(kickOff) <= Self.limits.resultLag + 3 * Self.hour)
            } else {
                #expect(first.timeIntervalSince(stop) <= Self.limits.fixtureGap + 3 * Self.hour)
            }
        }
    }

    @Test func `a postponed match is owed again once it has a new date`() throws {
        let key = MatchKey(division: "E0", season: Season(startYear: 2023), home: "Leeds", away: "Hull")
        let kickOff = Date(timeIntervalSince1970: 1_700_000_000)
        func overdue(isOff: Bool) -> Int {
            let item = AgendaItem(
                key: key, day: Day(containing: kickOff), kickOff: kickOff, isOff: isOff, hasResult: false,
                hasOdds: true)
            return Freshness([item], at: kickOff.addingTimeInterval(5 * 86_400), limits: Self.limits).overdueResults
                .count
        }
        #expect(overdue(isOff: true) == 0)
        #expect(overdue(isOff: false) == 1)
    }

    @Test func `odds are owed from the lead on until a day after the kick-off`() throws {
        let key = MatchKey(division: "E0", season: Season(startYear: 2023), home: "Leeds", away: "Hull")
        let kickOff = Date(timeIntervalSince1970: 1_700_000_000)
        let item = AgendaItem(
            key: key, day: Day(containing: kickOff), kickOff: kickOff, isOff: false, hasResult: false, hasOdds: false)
        func overdue(after seconds: TimeInterval) -> Bool {
            !Freshness([item], at: kickOff.addingTimeInterval(seconds), limits: Self.limits).overdueOdds.isEmpty
        }
        #expect(!overdue(after: -3 * 3600))
        #expect(overdue(after: -2 * 3600))
        #expect(overdue(after: 23 * 3600))
        #expect(!overdue(after: 25 * 3600))
        let freshness = Freshness([item], at: kickOff.addingTimeInterval(-86_400), limits: Self.limits)
        #expect(freshness.expectedNext[.odds] == kickOff.addingTimeInterval(-2 * 3600))
        #expect(freshness.expectedNext[.results] == kickOff.addingTimeInterval(4 * 86_400))
    }

    @Test func `between seasons nothing is owed until the next should have begun`() throws {
        var publisher = try publisher(2022)
        publisher.stops = try #require(Day(year: 2023, month: 7, day: 1)).start
        func freshness(_ month: Int, _ day: Int) throws -> Freshness {
            let now = try #require(Day(year: 2023, month: month, day: day)).start
            return Freshness(publisher.agenda(at: now), at: now, limits: Self.limits)
        }
        #expect(try freshness(6, 15).expectedNext == [:])
        #expect(try !freshness(8, 25).fixturesOverdue)
        #expect(try freshness(9, 2).fixturesOverdue)
    }

    @Test func `no history owes nothing`() {
        let freshness = Freshness([], at: Date(timeIntervalSince1970: 0), limits: Self.limits)
        #expect(freshness.expectedNext == [:] && freshness.newest == [:] && !freshness.fixturesOverdue)
    }

    /// A calendar of the days of 2022/23 as football-data.co.uk alone shows it: fixtures three days ahead.
    @Test func `a winter World Cup raises nothing, and fixtures that are late after it still do`() throws {
        var publisher = try publisher(2022)
        let season = Season(startYear: 2022)
        var limits = Self.limits
        limits.breaks = Season.knownBreaks
        func alarms(_ from: Day, _ to: Day) -> [Date] {
            instants(from, to).filter { now in
                Freshness(publisher.agenda(at: now), at: now, limits: limits).fixturesOverdue
            }
        }
        let matches = try RealSeasons.everyMatch.get().filter { $0.fixture.key.season == season }
        let days = Set(matches.map(\.fixture.day))
        let last = try #require(days.filter { $0 < Day(year: 2022, month: 12, day: 1) ?? Day(number: 0) }.max())
        let next = try #require(days.filter { $0 > last }.min())
        #expect(next.number - last.number == 43, "the break was of six weeks")
        #expect(alarms(season.firstDay, season.lastDay) == [])

        publisher.stops = last.advanced(by: 10).start
        let first = try #require(alarms(last, next.advanced(by: 30)).first)
        #expect(Day(containing: first) == next, "on the day on which the league went on")
        limits.breaks = []
        #expect(try #require(alarms(last, next).first) < next.start, "unknown, it would have been a false alarm")
    }

    @Test func `a season whose feed lost a few rows is over in June, and one that was interrupted is not`() throws {
        func isDue(_ year: Int, known: Int, month: Int) throws -> Bool {
            let items = try publisher(year).showings.sorted { $0.kickOff < $1.kickOff }.prefix(known).compactMap {
                $0.item(at: .distantFuture, now: .distantFuture)
            }
            let now = try #require(Day(year: year + 1, month: month, day: 28)).start
            return Freshness(items, at: now, limits: Self.limits).fixturesOverdue
        }
        #expect(try !isDue(2023, known: 377, month: 6))
        #expect(try isDue(2023, known: 300, month: 6))
        // 2019/20 stood still from March to June with 288 matches played.
        #expect(try isDue(2019, known: 288, month: 6))
    }

    @Test func `a match that both teams have played past is put off and not late, until it has a new date`() {
        let season = Season(startYear: 2023)
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        func item(_ home: String, _ away: String, day: Double, hasResult: Bool) -> AgendaItem {
            let kickOff = start.addingTimeInterval(day * 86_400)
            return AgendaItem(
                key: MatchKey(division: "E0", season: season, home: home, away: away), day: Day(containing: kickOff),
                kickOff: kickOff, isOff: false, hasResult: hasResult, hasOdds: true)
        }
        let later = [
            item("Leeds", "Derby", day: 7, hasResult: true), item("York", "Hull", day: 8, hasResult: true),
        ]
        func freshness(_ items: [AgendaItem], day: Double) -> Freshness {
            Freshness(items, at: start.addingTimeInterval(day * 86_400), limits: Self.limits)
        }
        let match = item("Leeds", "Hull", day: 0, hasResult: false)
        #expect(freshness([match, later[0]], day: 10).overdueResults == [match.key])
        #expect(freshness([match, later[0]], day: 10).passedOver == [])
        #expect(freshness([match] + later, day: 10).overdueResults == [])
        #expect(freshness([match] + later, day: 10).passedOver == [match.key])
        let moved = item("Leeds", "Hull", day: 9, hasResult: false)
        #expect(freshness([moved] + later, day: 14).overdueResults == [match.key])
    }

    @Test func `without a feed that brings odds none are owed`() throws {
        var limits = Self.limits
        limits.oddsLead = nil
        let kickOff = Date(timeIntervalSince1970: 1_700_000_000)
        let item = AgendaItem(
            key: MatchKey(division: "E0", season: Season(startYear: 2023), home: "Leeds", away: "Hull"),
            day: Day(containing: kickOff), kickOff: kickOff, isOff: false, hasResult: false, hasOdds: false)
        let freshness = Freshness([item], at: kickOff, limits: limits)
        #expect(freshness.overdueOdds == [] && freshness.expectedNext[.odds] == nil)
        #expect(Freshness([item], at: kickOff, limits: Self.limits).overdueOdds.count == 1)
    }
}
