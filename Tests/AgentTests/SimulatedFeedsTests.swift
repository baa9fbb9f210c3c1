import Exposition
import Football
import FoundationEssentials
import History
import Simulation
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// One simulated league behind all three feeds, over a real socket and into real PostgreSQL.
struct SimulatedFeedsTests {
    private static let season = Season(startYear: 2023)
    private static let league = SimulatedLeague(seed: 4)
    private static let saturday = Date(timeIntervalSince1970: 1_699_272_000)

    /// What a test changes about the feeds while they are served.
    private struct World {
        var now = SimulatedFeedsTests.saturday
        /// Applied to what football-data.org says.
        var organisation: @Sendable ([Announcement]) -> [Announcement] = { $0 }
        /// How far the season file lags behind the other feeds, in seconds.
        var lag: TimeInterval = 0
    }

    private final class Feeds: Sendable {
        let world = Mutex(World())
        private let season = SimulatedFeedsTests.league.season(SimulatedFeedsTests.season)

        func answer(_ request: LoopbackRequest) -> LoopbackResponse {
            let world = world.withLock { $0 }
            let said = SimulatedLeague.announcements(season, at: world.now)
            let body: [UInt8]
            switch request.path {
            case "/fixtures.csv":
                body = SimulatedLeague.fixturesCSV(
                    season.map(\.fixture).filter {
                        $0.forecastDeadline > world.now && $0.forecastDeadline < world.now.addingTimeInterval(864_000)
                    })
            case "/mmz4281/2324/SIM.csv":
                let finished = world.now.addingTimeInterval(-SimulatedLeague.matchLength - world.lag)
                body = SimulatedLeague.seasonCSV(season.filter { $0.fixture.forecastDeadline <= finished })
            case "/api/bootstrap-static/": body = SimulatedFeedsTests.league.fantasyTeamsJSON
            case "/api/fixtures/": body = FantasyFeed.encode(said, teams: SimulatedFeedsTests.league.clubs)
            case "/v4/competitions/PL/matches": body = OrganisationFeed.encode(world.organisation(said))
            default: return .status(404)
            }
            return LoopbackResponse(body: .bytes(body))
        }
    }

    private func agent(_ server: LoopbackServer, token: String) async throws -> (Agent, Settings) {
        let database = try await TestDatabase.migrated()
        let settings = Example.settings {
            $0.database.connectionString = database.connectionString
            $0.feed.division = SimulatedLeague.division
            $0.feed.baseURL = "http://127.0.0.1:\(server.port)"
            $0.feed.fantasyURL = $0.feed.baseURL
            $0.feed.organisationURL = $0.feed.baseURL
            $0.feed.fantasy = true
            $0.feed.organisationTokenFile = token
            $0.feed.firstSeason = Self.season
            $0.feed.lastSeason = Self.season
            $0.feed.pause = .zero
        }
        return (try Example.agent(settings, isSynthetic: true), settings)
    }

    /// Runs an ingest, and returns what a metric's series sum up to afterwards.
    private func ingest(_ agent: Agent, _ settings: Settings, at now: Date) async throws -> [String: Double] {
        let job = try #require(agent.worker.jobs[.ingest])
        let result = try await job.run(JobContext(now: now, settings: settings, snapshot: Snapshot()))
        agent.snapshots.publish(result.snapshot)
        return agent.registry.gather().reduce(into: [:]) { sums, family in
            for series in family.series {
                let key = ([family.descriptor.name] + series.labels).joined(separator: " ")
                sums[key] = family.value(series.labels)
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `all three formats of one league are ingested together, agree, and put nothing into quarantine`() async throws
    {
        let feeds = Feeds()
        let server = try LoopbackServer { feeds.answer($0) }
        try await withToken { token in
            let (agent, settings) = try await agent(server, token: token)
            _ = try await ingest(agent, settings, at: Self.saturday)
            let next = Self.saturday.addingTimeInterval(7 * 86_400)
            // The other feeds have this round's results first, as in life.
            feeds.world.withLock { ($0.now, $0.lag) = (next, 3 * 86_400) }
            _ = try await ingest(agent, settings, at: next)
            feeds.world.withLock { $0.lag = 0 }
            let metrics = try await ingest(agent, settings, at: next)
            let quarantined = metrics.filter { $0.key.hasPrefix("touchline_rows_quarantined_total") }.values.reduce(
                0, +)
            #expect(quarantined == 0)
            let disagreements = metrics.filter { $0.key.hasPrefix("touchline_feed_disagreements_total") }
            #expect(disagreements.count == 8 && disagreements.values.allSatisfy { $0 == 0 })
            let corrected = metrics.filter { $0.key.hasPrefix("touchline_results_corrected_total") }.values.reduce(0, +)
            #expect(corrected == 0)
            #expect(metrics["touchline_fetch_requests_total fantasy"] == 6)
            let played = Self.league.season(Self.season).filter {
                $0.fixture.forecastDeadline.addingTimeInterval(SimulatedLeague.matchLength) <= next
            }
            let kept = try await agent.history.matches()
            #expect(Set(kept.map(\.fixture.key)) == Set(played.map(\.fixture.key)))
            #expect(kept.allSatisfy { $0.result.statistics.count == 6 && $0.result.halfTimeGoals != nil })
            #expect(Set(kept.map(\.result.goals)) == Set(played.map(\.result.goals)))
            #expect(try await agent.history.fixtures(after: next).count == 380 - played.count)
            #expect(try await agent.history.counts(at: next).synthetic == true)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a score that feeds give differently is counted by feed and kind and told once, and the season file stands`()
        async throws
    {
        let feeds = Feeds()
        let server = try LoopbackServer { feeds.answer($0) }
        let first = try #require(Self.league.season(Self.season).first)
        feeds.world.withLock { world in
            world.organisation = { said in
                said.map { announcement in
                    guard announcement.key == first.fixture.key, let goals = announcement.goals else {
                        return announcement
                    }
                    return Announcement(
                        key: announcement.key, status: announcement.status, kickOff: announcement.kickOff,
                        goals: Sides(home: goals.home + 2, away: goals.away),
                        halfTimeGoals: announcement.halfTimeGoals.map { Sides(home: $0.home + 1, away: $0.away) })
                }
            }
        }
        try await withToken { token in
            let (agent, settings) = try await agent(server, token: token)
            for _ in 0..<3 {
                let metrics = try await ingest(agent, settings, at: Self.saturday)
                #expect(metrics["touchline_feed_disagreements_total football_data_org final"] == 1)
                #expect(metrics["touchline_feed_disagreements_total football_data_org half_time"] == 1)
                #expect(metrics["touchline_feed_disagreements_total fantasy final"] == 0)
                #expect(metrics["touchline_feed_disagreements_total results final"] == 0)
            }
            let kept = try await agent.history.matches().first { $0.fixture.key == first.fixture.key }
            #expect(kept?.result == first.result)
        }
    }

    private func withToken(_ body: (String) async throws -> Void) async throws {
        let folder = try Folder()
        try await body(try folder.file("token", "not-a-real-token"))
        withExtendedLifetime(folder) {}
    }
}
