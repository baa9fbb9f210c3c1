import Agent
import Football
import FoundationEssentials
import TestSupport
import Testing

extension Journeys {
    /// A real season played again by a simulated clock, through the agent and Prometheus with the shipped rules.
    struct ReplayTests {
        private static let season = Season(startYear: 2023)
        private static let freshness =
            "TouchlineResultsLate|TouchlineOddsLate|TouchlineFixturesLate|TouchlineFeedStale|TouchlineFeedSchemaChanged"

        @Test(.timeLimit(.minutes(6)))
        func `four months of results on time, with breaks, two postponements and a summer, raise no freshness alert`()
            async throws
        {
            let start = try #require(Day(year: 2024, month: 1, day: 20)).start
            let june = try #require(Day(year: 2024, month: 6, day: 1)).start
            let end = try #require(Day(year: 2024, month: 7, day: 1)).start
            try await withReplay(from: start) { replay in
                #expect(replay.league.postponements.count == 2)
                var mostPostponed = 0
                while replay.clock.league.now < end {
                    let now = try await replay.step(hours: replay.clock.league.now < june ? 12 : 48)
                    if Day(containing: now).description == "2024-03-01" {
                        mostPostponed = try await replay.home.number(
                            "select count(*) from announcements where status = 'postponed'")
                    }
                    let late = try await replay.late()
                    guard late == 0 else {
                        Issue.record("something is late on \(Day(containing: now))")
                        return
                    }
                }
                #expect(mostPostponed == 2)
                #expect(replay.league.batches(from: start, to: june) > 25)
                #expect(try await replay.home.number("select count(*) from matches") == 380)
                let alerts = try await replay.stack.query(
                    "count_over_time(ALERTS{alertname=~\"\(Self.freshness)\"}[30m])")
                #expect(alerts.isEmpty, "\(alerts)")
                for gauge in ["matches_overdue", "odds_overdue", "fixtures_overdue"] {
                    let worst = try await replay.stack.query("max_over_time(touchline_\(gauge)[30m])").map(\.value)
                    #expect(worst == ["0"], "\(gauge)")
                    let scrapes = try await replay.stack.query("count_over_time(touchline_\(gauge)[30m])").map(\.value)
                    #expect(try #require(Int(scrapes.first ?? "")) >= replay.steps, "\(gauge)")
                }
                print("journey: replayed \(replay.steps) steps in \(replay.took)")
            }
        }

        @Test(.timeLimit(.minutes(6)))
        func `a publisher who stops in midseason is noticed when the first result is later than the lag`() async throws
        {
            let start = try #require(Day(year: 2024, month: 2, day: 1)).start
            let stop = try #require(Day(year: 2024, month: 2, day: 10)).start
            try await withReplay(from: start) { replay in
                replay.league.stopPublishing(at: stop)
                let owed = replay.league.matches.filter { replay.league.resultShown($0) > stop }
                let kickOff = try #require(owed.map(\.fixture.forecastDeadline).min())
                var now = start
                while try await replay.late() == 0 {
                    now = try await replay.step(hours: 12)
                    try #require(now < stop.addingTimeInterval(30 * 86_400), "nothing was noticed")
                }
                let lag = now.timeIntervalSince(kickOff) / 86_400
                #expect((4...4.5).contains(lag), "four days are configured, and a step is half a day: \(lag)")
                let firing = try await eventually("the alert") { () async throws -> [String]? in
                    let names = try await replay.stack.query(
                        "ALERTS{alertname=~\"\(Self.freshness)\", alertstate=\"firing\"}"
                    ).compactMap { $0.labels["alertname"] }
                    return names.isEmpty ? nil : names
                }
                #expect(firing == ["TouchlineResultsLate"])
                let ticket = try await eventually("the ticket") {
                    try replay.stack.notified("tickets").flatMap(\.alerts).first {
                        $0.labels["alertname"] == "TouchlineResultsLate" && $0.status == "firing"
                    }
                }
                #expect(ticket.annotations["runbook_url"]?.hasSuffix("/TouchlineResultsLate.md") == true)
                print("journey: noticed \(lag) days after the kick-off, after \(replay.steps) steps in \(replay.took)")
            }
        }

        private func withReplay(from start: Date, body: (Replay) async throws -> Void) async throws {
            // A quarter of an hour past the instants at which ingests fall due, so that rounding decides nothing.
            let clock = SteppedClock(start: start.addingTimeInterval(900))
            let league = try ReplayedSeason(Self.season) { clock.league.now }
            let server = try LoopbackServer { league.answer($0) }
            let configuration = """
                web: {listen_addresses: ["127.0.0.1:0"]}
                log: {level: error}
                feed:
                  {base_url: "\(server.url(""))", fantasy: true, fantasy_url: "\(server.url(""))", first_season: 2023/24,
                  pause: 0s}
                schedule:
                  {ingest: 0 */12 * * *, train: 0 0 1 1 *, predict: 0 0 1 1 *, evaluate: 0 0 1 1 *, drift: 0 0 1 1 *,
                  backup: 0 0 1 1 *, retain: 0 0 1 1 *, jitter: 0s}
                model: {trees: 1, minimum_matches: 100}
                """
            try await withHome { home in
                try await withAgent(home, at: clock, configuration) { stack in
                    try await eventually("the first scrape") {
                        try await stack.query("touchline_matches_overdue").count == 1
                    }
                    try await body(Replay(home: home, clock: clock, league: league, stack: stack))
                }
            }
        }
    }
}

/// A replay that is under way.
private final class Replay {
    let home: AgentHome
    let clock: SteppedClock
    let league: ReplayedSeason
    let stack: MonitoringStack
    private(set) var steps = 0
    private let began = ContinuousClock.now

    init(home: AgentHome, clock: SteppedClock, league: ReplayedSeason, stack: MonitoringStack) {
        self.home = home
        self.clock = clock
        self.league = league
        self.stack = stack
    }

    var took: Duration { .now - began }

    /// Goes on, and waits until the agent has asked the feeds at the new instant and Prometheus has seen it.
    func step(hours: Double) async throws -> Date {
        let now = clock.advance(by: hours * 3600)
        steps += 1
        try await stack.sees(.ingest, since: now, at: clock.league)
        return now
    }

    /// How much Prometheus knows to be late now.
    func late() async throws -> Double {
        let gauges = ["matches", "odds", "fixtures"].map { "sum(touchline_\($0)_overdue)" }
        return try await stack.query(gauges.joined(separator: " + ")).first.flatMap { Double($0.value) } ?? 0
    }
}
