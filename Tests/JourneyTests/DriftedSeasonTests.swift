import Agent
import Football
import FoundationEssentials
import Simulation
import TestSupport
import Testing

extension Journeys {
    /// A season in which the league changes, from its first fixture to its last.
    struct DriftedSeasonTests {
        /// The first round of the changed league.
        private static let round = 10
        /// The longest that such a change took in sixty leagues; see `Decisions/AlertedTraining`.
        private static let delay = 100

        private static func configuration(_ feed: String) -> String {
            """
            web: {listen_addresses: ["127.0.0.1:0"]}
            log: {level: error}
            feed: {base_url: "\(feed)", division: SIM, first_season: 2020/21, attempts: 1, pause: 0s}
            # Nothing trains but what is asked for: not the calendar, not age, and the agent's own look at what drifted
            # comes a day after the alert.
            schedule:
              {ingest: 0 6 * * *, evaluate: 0 6 * * *, decide: 0 6 * * *, predict: 0 6 * * *, drift: 0 7 * * 1,
              train: 0 0 1 7 *, backup: 0 0 1 7 *, retain: 0 0 1 7 *, jitter: 0s}
            model: {trees: 25, maximum_age: 400d}
            """
        }

        @Test(.timeLimit(.minutes(6)))
        func `a drift in midseason is alerted on, a model learns it, is judged and promoted, and the alert ends`()
            async throws
        {
            let season = Season(startYear: 2023)
            let calm = SimulatedLeague(seed: 20).season(season)
            let injected = calm[(Self.round - 1) * 10].fixture.day
            // What the demo shows with --drift: no home advantage and twice the cards, while the odds go on as before.
            let league = SimulatedLeague(
                seed: 20, drift: InjectedDrift(from: injected, homeAdvantage: 0, cards: 2, isPricedIn: false))
            let clock = SteppedClock(start: try #require(Day(year: 2023, month: 8, day: 7)).start + 12 * 3600)
            let seasons = try SimulatedSeasons(league, 2020...2023) { clock.league.now }
            try await withHome { home in
                try await withAgent(
                    home, at: clock, Self.configuration(seasons.server.url("")), isSynthetic: true, every: "500ms",
                    hold: "1s"
                ) { stack in
                    var play = DriftedSeason(home: home, clock: clock, stack: stack, seasons: seasons)
                    try await play.through(injected: injected)
                    let first = try #require(play.answers.first, "nothing was found")
                    #expect(first.matches > 0 && first.matches <= Self.delay, "found after \(first.matches) matches")
                    #expect(first.promoted, "what learnt the drift serves")
                    // An alert whose candidates were all rejected fires on.
                    #expect(play.open.isDisjoint(with: ["home_yellow_cards", "away_yellow_cards"]), "\(play.open)")
                    #expect(try await home.number("select count(*) from matches") == 4 * 380)
                    try await keepsItsBooks(home, play)
                }
            }
        }

        /// What is left in the history of it: each alert told of, and answered by the model that came of it.
        private func keepsItsBooks(_ home: AgentHome, _ play: DriftedSeason) async throws {
            let alerts = "select count(*) from alert_notifications where name = '\(DriftedSeason.alert)'"
            let features = play.answers.map(\.features.count).reduce(0, +)
            #expect(try await home.number("\(alerts) and status = 'firing'") >= features)
            #expect(try await home.number("\(alerts) and status = 'firing' and request_key is null") == 0)
            #expect(
                try await home.number(
                    """
                    select count(*) from training_requests r left join training_decisions d on d.id = r.decision_id
                    where r.source <> 'alert' or d.model_id is null
                    """) == 0)
            for answer in play.answers {
                #expect(
                    try await home.texts(
                        "select requested_by from model_events where model_id = \(answer.model) order by id limit 1")
                        == ["request"])
            }
            #expect(try await home.number("select count(*) from drift_findings where found_at < '2023-10-01'") == 0)
        }
    }
}
