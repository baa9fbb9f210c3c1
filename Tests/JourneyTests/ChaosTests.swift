import Football
import FoundationEssentials
import Glibc
import Subprocess
import Testing

extension Journeys {
    /// What is left of committed work when processes are killed at any moment.
    struct ChaosTests {
        /// Decides the order and the moments; `TOUCHLINE_CHAOS_SEED` tries another.
        private static let seed =
            ProcessInfo.processInfo.environment["TOUCHLINE_CHAOS_SEED"].flatMap(UInt64.init) ?? 2024

        @Test(.timeLimit(.minutes(6)))
        func `ten kills of the agent and of PostgreSQL at random moments lose and double nothing`() async throws {
            let feed = try GrowingFeed(seed: Self.seed)
            let configuration = """
                feed:
                  {base_url: "\(feed.url)", division: SIM, first_season: \(feed.firstSeason),
                  last_season: \(feed.lastSeason), refetch_finished_seasons: 0s, attempts: 1, pause: 0s}
                schedule:
                  {ingest: "@every 1s", evaluate: "@every 1s", train: "@every 4s", predict: "@every 1s",
                  drift: "@every 5s", jitter: 0s, retry_pause: 200ms}
                model: {trees: 5}
                """
            var moments = Moments(state: Self.seed)
            var kills = (0..<10).map { Kill.allCases[$0 % Kill.allCases.count] }.shuffled(using: &moments)
            var strike: Strike?
            var isSettled = false
            try await withHome { home in
                while !isSettled {
                    let ended = try await withAgent(home, configuration) { agent in
                        if let strike {
                            try await recovers(from: strike, agent, home)
                        } else {
                            try await agent.waits("touchline_forecasts") { $0 > 0 }
                        }
                        while let kill = kills.popLast() {
                            // The one wait that is meant: a random moment of the jobs' second.
                            try await Task.sleep(for: .milliseconds(Int.random(in: 100...2_000, using: &moments)))
                            let next = try await Strike(kill, agent, home)
                            strike = next
                            try kill.strike(agent, home)
                            guard kill.sparesTheAgent else { return }
                            try await recovers(from: next, agent, home)
                        }
                        feed.freeze()
                        try await settles(feed, home)
                        isSettled = true
                    }
                    #expect(ended.status == (isSettled ? .exited(0) : .signaled(SIGKILL)))
                }
                let logs = try FileManager.default.contentsOfDirectory(atPath: home.folder)
                    .filter { $0.hasPrefix("agent-") }
                print("journey: \(logs.count) starts of the agent")
                for log in logs {
                    let text = try String(contentsOfFile: "\(home.folder)/\(log)", encoding: .utf8)
                    #expect(!text.contains("Fatal error"))
                }
            }
        }

        /// What was there when something was killed.
        private struct Strike {
            let kill: Kill
            let ledger: Ledger
            let ingests: Int
            let processStart: Double?
            let at: ContinuousClock.Instant

            init(_ kill: Kill, _ agent: RunningAgent, _ home: AgentHome) async throws {
                self.kill = kill
                processStart = try await agent.metrics()["process_start_time_seconds"]
                ingests = try await home.number(Strike.successes)
                ledger = try await Ledger(of: home)
                at = .now
            }

            static let successes = "select count(*) from job_runs where job = 'ingest' and outcome = 'succeeded'"
        }

        /// Waits until ingests succeed again, and compares what is there with what was.
        private func recovers(from strike: Strike, _ agent: RunningAgent, _ home: AgentHome) async throws {
            try await eventually("an ingest after \(strike.kill)") {
                try await home.number(Strike.successes) > strike.ingests
            }
            print("journey: \(strike.kill), ingesting again after \(ContinuousClock.now - strike.at)")
            try await agent.waits("touchline_database_up") { $0 == 1 }
            let page = try await agent.metrics()
            let started = try #require(page["process_start_time_seconds"])
            #expect((started == strike.processStart) == strike.kill.sparesTheAgent)
            // Also those that ended while there was nowhere to record them.
            let counted = Int(page.sum("touchline_job_runs_total"))
            try await eventually("a record of each of \(counted) runs") {
                try await home.number(
                    "select count(*) from job_runs where started_at >= to_timestamp(\(started.rounded(.down)))")
                    >= counted
            }
            let ledger = try await Ledger(of: home)
            #expect(strike.ledger.missing(in: ledger).isEmpty, "after \(strike.kill)")
            try await holds(home, "after \(strike.kill)")
        }

        private func holds(_ home: AgentHome, _ when: String) async throws {
            for (meaning, exceptions) in Ledger.invariants {
                #expect(try await home.number(exceptions) == 0, "\(meaning), \(when)")
            }
        }

        /// Waits until the history holds what the feed published and each forecast of it is scored.
        private func settles(_ feed: GrowingFeed, _ home: AgentHome) async throws {
            let season = feed.lastSeason.startYear
            let results = """
                select home || ' ' || home_goals || '-' || away_goals || ' ' || away
                from matches join fixtures on fixtures.id = fixture_id where season = \(season)
                """
            try await eventually("every published result") { try await Set(home.texts(results)) == feed.published }
            #expect(try await home.texts(results).count == feed.published.count)
            try await eventually("every forecast scored") {
                try await home.number(
                    """
                    select count(*) from predictions p join matches using (fixture_id)
                    where not exists (select from evaluations e where e.prediction_id = p.id)
                    """) == 0
            }
            try await eventually("every bet settled") {
                try await home.number(
                    """
                    select count(*) from matches join fixtures on fixtures.id = fixture_id
                    where season = \(season) and not exists (
                        select from bet_matches d where d.fixture_id = matches.fixture_id
                    ) or exists (select from bets b where b.fixture_id = matches.fixture_id and b.status = 'open')
                    """) == 0
            }
            try await holds(home, "at the end")
            let ledger = try await Ledger(of: home)
            #expect(ledger.count("score") > 0 && ledger.count("bet") > 0)
            print(
                "journey: \(ledger.count("run")) runs, \(ledger.count("match")) matches,",
                "\(ledger.count("forecast")) forecasts, \(ledger.count("score")) scores,",
                "\(ledger.count("bet")) bets, \(ledger.count("model")) models"
            )
        }
    }
}

/// Moments and an order that a seed determines.
private struct Moments: RandomNumberGenerator {
    var state: UInt64

    /// Knuth's linear congruential generator (MMIX); the upper bits are the random ones.
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 32) | (state << 32)
    }
}
