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
        /// From a match's odds to its kick-off.
        public var oddsLead: TimeInterval
        /// From the last known kick-off of a season that is not over to the next fixture; longer than any break.
        public var fixtureGap: TimeInterval

        /// Makes limits.
        public init(resultLag: TimeInterval, oddsLead: TimeInterval, fixtureGap: TimeInterval) {
            self.resultLag = resultLag
            self.oddsLead = oddsLead
            self.fixtureGap = fixtureGap
        }
    }

    /// Matches whose result is late, by kick-off.
    public let overdueResults: [MatchKey]
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
        let open = sorted.filter { !$0.hasResult && !$0.isOff }
        overdueResults = open.filter { $0.latestKickOff.addingTimeInterval(limits.resultLag) <= now }.map(\.key)
        overdueOdds = open.filter { item in
            !item.hasOdds && item.latestKickOff.addingTimeInterval(-limits.oddsLead) <= now
                && item.latestKickOff.addingTimeInterval(86_400) > now
        }.map(\.key)
        let nextFixture = Freshness.nextFixture(sorted, at: now, gap: limits.fixtureGap)
        fixturesOverdue = nextFixture.map { $0 <= now } ?? false
        var expected: [Record: Date] = [:]
        expected[.results] = open.first?.latestKickOff.addingTimeInterval(limits.resultLag)
        expected[.odds] = open.first { !$0.hasOdds && $0.latestKickOff > now }?.latestKickOff
            .addingTimeInterval(-limits.oddsLead)
        expected[.fixtures] = nextFixture
        expectedNext = expected
        var newest: [Record: Date] = [:]
        newest[.results] = sorted.last { $0.hasResult }?.latestKickOff
        newest[.odds] = sorted.last { $0.hasOdds }?.latestKickOff
        newest[.fixtures] = sorted.last?.latestKickOff
        self.newest = newest
    }

    /// When the next fixture is due; nil between seasons, and while one is known that has not been played.
    private static func nextFixture(_ sorted: [AgendaItem], at now: Date, gap: TimeInterval) -> Date? {
        guard let last = sorted.last else { return nil }
        let season = last.key.season
        let items = sorted.filter { $0.key.season == season }
        let teams = Set(items.flatMap { [$0.key.home, $0.key.away] }).count
        let isWhole = items.count >= teams * (teams - 1) && teams > 2
        let current = Season(containing: Day(inLondon: now))
        if isWhole || season < current {
            // The last days of August: every season since 1993 but that of 2020 had begun by then.
            let begins = Season(startYear: season.startYear + 1).firstDay.advanced(by: 30).start
            return season < current || now >= begins.addingTimeInterval(-gap) ? begins : nil
        }
        return last.latestKickOff.addingTimeInterval(gap)
    }
}
