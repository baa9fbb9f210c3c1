internal import Exposition
internal import Football
internal import FoundationEssentials

/// What should be known by now and is not, judged at each scrape by the fixtures that the history had last.
struct FreshnessCollector: Collector {
    static let matches = Descriptor.gauge(
        "touchline_matches_overdue", "Matches whose result has not come within the configured lag of their kick-off.")
    static let odds = Descriptor.gauge(
        "touchline_odds_overdue", "Matches about to be played, or played within a day, whose odds have not come.")
    static let passedOver = Descriptor.gauge(
        "touchline_matches_passed_over",
        "Matches without a result whose two teams both have a later one: put off, or lost by the feed.")
    static let fixtures = Descriptor.gauge(
        "touchline_fixtures_overdue", "Whether the next fixtures of a season that is not over have not come (1).")
    static let expected = Descriptor.gauge(
        "touchline_expected_next_record_timestamp_seconds",
        "Unix time at which the next record of a kind counts as overdue; absent while none is expected.",
        labels: ["record"])
    static let newest = Descriptor.gauge(
        "touchline_newest_record_timestamp_seconds",
        "Unix time of the kick-off of the newest match that has a record of a kind.", labels: ["record"])
    static let descriptors = [matches, passedOver, odds, fixtures, expected, newest]

    let name = "freshness"
    let snapshots: SnapshotStore
    let settings: SettingsStore
    let clock: LeagueClock

    func collect() -> [Family] {
        let freshness = snapshots.current?.agenda.map { agenda in
            Freshness(agenda, at: clock.now, limits: Freshness.Limits(settings.current.feed))
        }
        func instants(_ descriptor: Descriptor, _ instants: [Freshness.Record: Date]?) -> Family {
            var family = Family(descriptor)
            for record in Freshness.Record.allCases {
                family.append(instants?[record].map { clock.wall($0).timeIntervalSince1970 }, labels: [record.rawValue])
            }
            return family
        }
        return [
            Family(Self.matches, freshness.map { Double($0.overdueResults.count) }),
            Family(Self.passedOver, freshness.map { Double($0.passedOver.count) }),
            Family(Self.odds, freshness.map { Double($0.overdueOdds.count) }),
            Family(Self.fixtures, freshness.map { $0.fixturesOverdue ? 1 : 0 }),
            instants(Self.expected, freshness?.expectedNext), instants(Self.newest, freshness?.newest),
        ]
    }
}

extension Freshness.Limits {
    /// The limits that the settings give.
    init(_ feed: Settings.Feed) {
        self.init(
            resultLag: feed.resultLag.seconds,
            // No other feed has odds.
            oddsLead: feed.footballDataCoUK ? feed.oddsLead.seconds : nil, fixtureGap: feed.fixtureGap.seconds,
            breaks: feed.breaks)
    }
}
