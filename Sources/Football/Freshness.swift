public import FoundationEssentials

/// What should be known by now and is not: it follows from the fixtures, so that a break or a summer is silent.
public struct Freshness: Hashable, Sendable {
    /// What a feed is to bring; its raw value is a metric label.
    public enum Record: String, CaseIterable, Sendable {
        /// Results of matches that have been played.
        case results
        /// Odds of matches that are about to be played.
        case odds
        /// Fixtures of a season that is not over.
        case fixtures
    }

    /// How late each record may be, in seconds.
    public struct Limits: Hashable, Sendable {
        /// From a kick-off to its result.
        public var resultLag: TimeInterval
        /// From a match's odds to its kick-off; nil where no feed brings odds.
        public var oddsLead: TimeInterval?
        /// From the last known kick-off of a season that is not over to the next fixture; longer than a usual break.
        public var fixtureGap: TimeInterval
        /// Days without a match that were known beforehand: the next fixture is then due by the day after the last.
        public var breaks: [ClosedRange<Day>]

        /// Makes limits.
        public init(
            resultLag: TimeInterval, oddsLead: TimeInterval?, fixtureGap: TimeInterval,
            breaks: [ClosedRange<Day>] = []
        ) {
            self.resultLag = resultLag
            self.oddsLead = oddsLead
            self.fixtureGap = fixtureGap
            self.breaks = breaks
        }
    }

    /// Matches whose result is late, by kick-off.
    public let overdueResults: [MatchKey]
    /// Matches without a result whose two teams both have a later one: put off, as nobody said, or lost by the feed.
    public let passedOver: [MatchKey]
    /// Matches about to be played, or played within the last day without a result, whose odds never came.
    public let overdueOdds: [MatchKey]
    /// Whether the next fixtures are late.
    public let fixturesOverdue: Bool
    /// When the next record of each kind is due; absent while none is expected.
    public let expectedNext: [Record: Date]
    /// The kick-off of the newest match that each kind is known of; absent while there is none.
    public let newest: [Record: Date]

    /// Judges an agenda.
    ///
    /// - Parameters:
    ///   - agenda: The matches known of the season being played and of the one before, in any order.
    ///   - now: The instant.
    ///   - limits: How late each record may be.
    public init(_ agenda: [AgendaItem], at now: Date, limits: Limits) {
        let sorted = agenda.sorted { ($0.latestKickOff, $0.key.home) < ($1.latestKickOff, $1.key.home) }
        let unplayed = sorted.filter { !$0.hasResult && !$0.isOff }
        let latest = Freshness.latestResults(sorted)
        let isPassedOver = { (item: AgendaItem) in
            let result = { (team: String) in latest[Freshness.Side(season: item.key.season, team: team)] ?? .distantPast
            }
            return min(result(item.key.home), result(item.key.away)) > item.latestKickOff
        }
        let open = unplayed.filter { !isPassedOver($0) }
        passedOver = unplayed.filter(isPassedOver).map(\.key)
        overdueResults = open.filter { $0.latestKickOff.addingTimeInterval(limits.resultLag) <= now }.map(\.key)
        let lead = limits.oddsLead
        overdueOdds = open.filter { item in
            guard let lead, !item.hasOdds else { return false }
            return item.latestKickOff.addingTimeInterval(-lead) <= now
                && item.latestKickOff.addingTimeInterval(86_400) > now
        }.map(\.key)
        let nextFixture = Freshness.nextFixture(sorted, at: now, limits)
        fixturesOverdue = nextFixture.map { $0 <= now } ?? false
        var expected: [Record: Date] = [:]
        expected[.results] = open.first?.latestKickOff.addingTimeInterval(limits.resultLag)
        expected[.odds] = lead.flatMap { lead in
            open.first { !$0.hasOdds && $0.latestKickOff > now }?.latestKickOff.addingTimeInterval(-lead)
        }
        expected[.fixtures] = nextFixture
        expectedNext = expected
        var newest: [Record: Date] = [:]
        newest[.results] = sorted.last { $0.hasResult }?.latestKickOff
        newest[.odds] = sorted.last { $0.hasOdds }?.latestKickOff
        newest[.fixtures] = sorted.last?.latestKickOff
        self.newest = newest
    }

    /// A team in a season.
    private struct Side: Hashable {
        let season: Season
        let team: String
    }

    /// The kick-off of each team's newest match that has a result.
    private static func latestResults(_ sorted: [AgendaItem]) -> [Side: Date] {
        var latest: [Side: Date] = [:]
        for item in sorted where item.hasResult {
            for team in [item.key.home, item.key.away] {
                latest[Side(season: item.key.season, team: team)] = item.latestKickOff
            }
        }
        return latest
    }

    /// When the next fixture is due; nil between seasons, and while one is known that has not been played.
    private static func nextFixture(_ sorted: [AgendaItem], at now: Date, _ limits: Limits) -> Date? {
        guard let last = sorted.last else { return nil }
        let season = last.key.season
        let current = Season(containing: Day(inLondon: now))
        if season < current || isOver(sorted.filter { $0.key.season == season }, season, at: now) {
            // The last days of August: every season since 1993 but that of 2020 had begun by then.
            let begins = Season(startYear: season.startYear + 1).firstDay.advanced(by: 30).start
            return season < current || now >= begins.addingTimeInterval(-limits.fixtureGap) ? begins : nil
        }
        let kickOff = last.latestKickOff
        let usual = kickOff.addingTimeInterval(limits.fixtureGap)
        let ends = limits.breaks.filter { $0.lowerBound.start <= usual && $0.upperBound.start > kickOff }
            .map { $0.upperBound.advanced(by: 1).start }
        return ([usual] + ends).max()
    }

    /// Whether all matches of a season are known, or from June on nearly all: those that are missing were lost, and
    /// are a finding of the season's audit.
    private static func isOver(_ items: [AgendaItem], _ season: Season, at now: Date) -> Bool {
        let teams = Set(items.flatMap { [$0.key.home, $0.key.away] }).count
        guard teams > 2 else { return false }
        let whole = teams * (teams - 1)
        let june = Day(year: season.startYear + 1, month: 6, day: 1)
        return items.count >= whole || (june.map { now >= $0.start } ?? false) && items.count * 100 >= whole * 95
    }
}
