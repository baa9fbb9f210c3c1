import Football
import FoundationEssentials
import History
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// The jobs themselves, on real PostgreSQL and over a real socket, at instants of the test's choosing.
struct FallbackTests {
    private static let season = Season(startYear: 2023)
    /// Monday noon after a weekend of matches.
    private static let monday = Date(timeIntervalSince1970: 1_699_272_000)

    private func matches(_ year: Int) throws -> [Match] {
        let season = Season(startYear: year)
        let path = "football-data.co.uk/mmz4281/\(season.code)/E0.csv"
        let bytes = Array(try Data(contentsOf: SharedData.url(path)))
        return try SeasonFile.decode(bytes, division: "E0", season: season).rows
    }

    /// football-data.co.uk as it was at an instant: what had been played, and the fixtures of the coming weekend.
    private func feed(_ calendar: Calendar) throws -> LoopbackServer {
        let finished = try [2021, 2022].map { ("/mmz4281/\(Season(startYear: $0).code)/E0.csv", try matches($0)) }
        let current = try matches(2023)
        return try LoopbackServer { request in
            let now = calendar.now.withLock { $0 }
            if let file = finished.first(where: { $0.0 == request.path }) {
                return LoopbackResponse(body: .bytes(SeasonFile.encode(file.1)))
            }
            let played = current.filter { $0.fixture.forecastDeadline.addingTimeInterval(7_200) < now }
            if request.path == "/fixtures.csv" {
                let ahead = current.map(\.fixture).filter {
                    $0.forecastDeadline > now && $0.forecastDeadline < now.addingTimeInterval(7 * 86_400)
                }
                return LoopbackResponse(body: .bytes(FixturesFile.encode(ahead)))
            }
            return LoopbackResponse(body: .bytes(SeasonFile.encode(played)))
        }
    }

    /// The instant that somebody is at.
    private final class Calendar: Sendable {
        let now: Mutex<Date>

        init(_ now: Date) { self.now = Mutex(now) }
    }

    private struct Bench {
        let agent: Agent
        /// The instant that the agent is at.
        let calendar: Calendar
        let settings: Settings
        var snapshot = Snapshot()

        /// Runs a job at an instant; what it leaves is what is known from then on, unless it fails.
        mutating func run(_ name: JobName, at now: Date) async throws {
            let job = try #require(agent.worker.jobs[name])
            calendar.now.withLock { $0 = now }
            do throws(JobError) {
                snapshot = try await job.run(JobContext(now: now, settings: settings, snapshot: snapshot)).snapshot
            } catch {
                guard name == .ingest, case .feed = error else { throw error }
            }
            agent.snapshots.publish(snapshot)
        }
    }

    private func bench(_ server: LoopbackServer, fallback: FeedFallback) async throws -> Bench {
        let database = try await TestDatabase.migrated()
        let settings = Example.settings {
            $0.database.connectionString = database.connectionString
            $0.feed.baseURL = "http://127.0.0.1:\(server.port)"
            $0.feed.firstSeason = Season(startYear: 2021)
            $0.feed.attempts = 1
            $0.feed.pause = .zero
            $0.feed.breakerFailures = 100
            $0.feed.fallback = fallback
            $0.model.trees = 10
        }
        let calendar = Calendar(Self.monday)
        let agent = try Example.agent(settings, now: { calendar.now.withLock { $0 } })
        return Bench(agent: agent, calendar: calendar, settings: settings)
    }

    @Test(.timeLimit(.minutes(3)))
    func `invented fixtures begin after the limit, reach neither training nor scores, and end with the first feed`()
        async throws
    {
        func hours(_ hours: Double) -> Date { Self.monday.addingTimeInterval(hours * 3600) }
        let calendar = Calendar(Self.monday)
        let server = try feed(calendar)
        var bench = try await bench(server, fallback: .simulation)
        let history = bench.agent.history
        for job in [JobName.ingest, .train, .predict] { try await bench.run(job, at: Self.monday) }
        let trainedOn = try #require(bench.snapshot.champion?.matches)
        #expect(trainedOn == 760 + 109)
        let announced = try #require(bench.snapshot.forecasts?.count)
        #expect(announced == 11, "one of that evening, and the next weekend's")
        #expect(bench.snapshot.fallback == .inactive)

        server.stop()
        for hour in [1, 25, 48.5] {
            try await bench.run(.ingest, at: hours(hour))
            try await bench.run(.predict, at: hours(hour))
            #expect(bench.snapshot.fallback == .inactive, "\(hour)")
        }
        // Two days after the first failure, which was an hour after the last success.
        try await bench.run(.predict, at: hours(49))
        let fallback = try #require(bench.snapshot.fallback)
        #expect(fallback.since == hours(1))
        #expect(fallback.forecasts.count == 10, "one round within the horizon, after the last that was announced")
        #expect(bench.snapshot.forecasts?.count == 10, "what the feeds announced is forecast as ever")
        try await isApart(fallback, announced: Set(bench.snapshot.forecasts?.map(\.key) ?? []))
        try await isMarked(bench, fallback)

        // Another agent, or this one after a restart, knows it from the database.
        #expect(try await FallbackDesk(history: history).standing(bench.settings, at: hours(49)) == fallback)

        // Weeks later it still goes on, and what was invented before stays where it was.
        try await bench.run(.ingest, at: hours(280))
        try await bench.run(.predict, at: hours(280))
        let later = try #require(bench.snapshot.fallback)
        #expect(later.forecasts.count == 20)
        let earlier = Set(fallback.forecasts.map(\.key))
        #expect(earlier.isSubset(of: later.forecasts.map(\.key)))
        try await bench.run(.train, at: hours(280))
        try await bench.run(.evaluate, at: hours(280))
        #expect(bench.snapshot.champion?.matches == trainedOn)
        #expect(bench.snapshot.scores == nil)

        // The feeds are back, with the results of all that was played meanwhile.
        let back = hours(400)
        calendar.now.withLock { $0 = back }
        try server.restart()
        try await bench.run(.ingest, at: back)
        try await bench.run(.predict, at: back)
        try await bench.run(.evaluate, at: back)
        #expect(bench.snapshot.fallback == .inactive)
        let played = try matches(2023).filter { $0.fixture.forecastDeadline.addingTimeInterval(7_200) < back }
        #expect(bench.snapshot.scores?.model.matches == announced, "only what was announced is scored")
        #expect(try await history.matches().count == 760 + played.count)
        try await bench.run(.train, at: back)
        #expect(bench.snapshot.champion?.matches == 760 + played.count)
        let known = Set(try matches(2023).map(\.fixture.key))
        #expect(
            try await history.matches().filter { $0.fixture.key.season == Self.season }.allSatisfy {
                known.contains($0.fixture.key)
            })
        let rows: Int? = try await history.value(
            "select count(*) from fallback_predictions where source <> 'simulation'")
        #expect(rows == 0)
    }

    /// An invented round is of pairs that were not announced, a week after those that were, at odds with a margin.
    private func isApart(_ fallback: Snapshot.Fallback, announced: Set<MatchKey>) async throws {
        let keys = fallback.forecasts.map(\.key)
        #expect(Set(keys.flatMap { [$0.home, $0.away] }).count == 20)
        #expect(announced.isDisjoint(with: keys))
        let played = Set(try matches(2023).filter { $0.fixture.forecastDeadline < Self.monday }.map(\.fixture.key))
        #expect(played.isDisjoint(with: keys))
        for forecast in fallback.forecasts {
            #expect(Day(inLondon: forecast.kickOff).description == "2023-11-18")
            #expect(forecast.tier == .market)
            let market = try #require(forecast.market)
            #expect(market.values.allSatisfy { (0.02...0.96).contains($0) })
        }
        let home = fallback.forecasts.compactMap(\.market?.home)
        #expect(Set(home).count > 5, "the teams are not equally strong")
    }

    /// The pages and the metrics of the agent say where these forecasts come from.
    private func isMarked(_ bench: Bench, _ fallback: Snapshot.Fallback) async throws {
        try await withPages(bench.agent) { served in
            #expect(try await served.metric(#"touchline_fallback_active{source="simulation"}"#) == 1)
            #expect(try await served.metric(#"touchline_fallback_forecasts{source="simulation"}"#) == 10)
            #expect(try await served.metric("touchline_forecasts") == 10)
            let answer = try await served.get("/api/v1/forecasts").text
            #expect(answer.components(of: #""source":"simulation""#) == 11, "ten forecasts and the page itself")
            #expect(answer.components(of: #""source":"feeds""#) == 10)
            let page = try await served.get("/").text
            #expect(page.contains("No feed has answered since"))
            #expect(page.components(of: "<td>simulation</td>") == 10)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `without the setting nothing is invented, however long the feeds are silent`() async throws {
        let server = try feed(Calendar(Self.monday))
        var bench = try await bench(server, fallback: .none)
        for job in [JobName.ingest, .train, .predict] { try await bench.run(job, at: Self.monday) }
        server.stop()
        for day in [1.0, 5, 12] {
            try await bench.run(.ingest, at: Self.monday.addingTimeInterval(day * 86_400))
            try await bench.run(.predict, at: Self.monday.addingTimeInterval(day * 86_400))
        }
        #expect(bench.snapshot.fallback == .inactive)
        let rows: Int? = try await bench.agent.history.value("select count(*) from fallback_predictions")
        #expect(rows == 0)
    }

    @Test func `one feed of several is enough to go on without inventing`() async throws {
        let server = try LoopbackServer { request in
            request.path == "/fixtures.csv" ? .text("Div,Date,HomeTeam,AwayTeam\n") : .status(500)
        }
        var bench = try await bench(server, fallback: .simulation)
        for day in [0.0, 3, 6] {
            try await bench.run(.ingest, at: Self.monday.addingTimeInterval(day * 86_400))
        }
        let desk = FallbackDesk(history: bench.agent.history)
        #expect(try await desk.standing(bench.settings, at: Self.monday.addingTimeInterval(6 * 86_400)) == .inactive)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}

extension History {
    fileprivate func value<Value: WireValue>(_ sql: String) async throws -> Value? {
        try await run { session throws(HistoryError) in
            try session.execute(sql).first { row throws(HistoryError) in try row.optional(Value.self) } ?? nil
        }
    }
}
