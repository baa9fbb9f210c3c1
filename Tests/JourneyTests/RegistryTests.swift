import FoundationEssentials
import History
import Subprocess
import Testing

extension Journeys {
    /// The registry in an operator's hands, while an agent serves from it.
    struct RegistryTests {
        @Test(.timeLimit(.minutes(6)))
        func `an agent follows what an operator does with its models, and survives a damaged champion`() async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            let configuration = """
                feed:
                  {base_url: "\(feed.url)", first_season: 2022/23, last_season: 2023/24, attempts: 1, pause: 0s}
                schedule: {ingest: 0 0 1 1 *, predict: "@every 1h", train: 0 0 1 1 *, jitter: 0s}
                model: {trees: 5, minimum_matches: 380}
                """
            try await withHome { home in
                try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_forecasts") { $0 == 10 }
                    #expect(try await serving(agent) == 1)
                    try await trains(agent, home)
                    try await rollsBack(agent, home)
                    try await moves(agent, home)
                }
                // What a bad disk does to the champion while the agent is down.
                try await PrivateCluster(stateDirectory: home.state).start()
                _ = try await home.texts(
                    "update models set bytes = overlay(bytes placing '\\x00'::bytea from 100) where state = 'champion' returning 'x'"
                )
                try await withAgent(home, configuration) { agent in
                    try await agent.waits("touchline_model_refused") { $0 == 1 }
                    #expect(try await serving(agent) == 1, "the champion before it serves")
                    #expect(agent.process.said.contains(#"msg="stored model is refused""#))
                    try await home.succeeds(["models", "rollback", "--reason", "damaged"])
                    try await agent.waits("touchline_model_refused") { $0 == 0 }
                    #expect(try await serving(agent) == 1)
                }
            }
        }

        /// A training that is asked for is decided on, carried out and judged by the agent that runs.
        private func trains(_ agent: RunningAgent, _ home: AgentHome) async throws {
            let said = try await home.succeeds(["train", "--reason", "a journey"])
            #expect(said.hasPrefix("requested: "))
            try await agent.waits(#"touchline_retrain_decisions_total{reason="request"}"#) { $0 == 1 }
            try await agent.waits(#"touchline_model_promotions_total{result="promoted"}"#) { $0 == 2 }
            try await agent.waits(#"touchline_model_info{model="2",feature_set="market"}"#) { $0 == 1 }
            #expect(
                try await home.texts("select requested_by from model_events where model_id = 2 order by id").first
                    == "request")
            // The forecasts follow, although nothing else changed.
            try await eventually("forecasts of model 2") {
                try await agent.forecasts().forecasts.allSatisfy { $0.model == 2 }
            }
        }

        private func rollsBack(_ agent: RunningAgent, _ home: AgentHome) async throws {
            let bytes = try await home.texts("select md5(bytes) from models where id = 1")
            #expect(
                try await home.succeeds(["models", "rollback", "--reason", "odd"]).contains("model 1 is the champion"))
            let start = ContinuousClock.now
            try await agent.waits(#"touchline_model_info{model="1",feature_set="market"}"#) { $0 == 1 }
            print("journey: the agent followed a rollback within \(ContinuousClock.now - start)")
            #expect(try await home.texts("select md5(bytes) from models where state = 'champion'") == bytes)
            try await eventually("forecasts of model 1") {
                try await agent.forecasts().forecasts.allSatisfy { $0.model == 1 }
            }
            let refused = try await home.command(["models", "promote", "9", "--reason", "x"])
            #expect(refused.status == .exited(1) && refused.errors.contains("there is no model 9"))
        }

        private func moves(_ agent: RunningAgent, _ home: AgentHome) async throws {
            let file = home.folder + "/model"
            #expect(try await home.succeeds(["models", "export", file, "--model", "2"]).hasPrefix("model 2 written"))
            var bytes = Array(try Data(contentsOf: URL(filePath: file)))
            bytes[bytes.count / 2] ^= 1
            try Data(bytes).write(to: URL(filePath: file + "-damaged"))
            let refused = try await home.command(["models", "import", file + "-damaged"])
            #expect(refused.status == .exited(1) && refused.errors.contains("is refused: it is damaged"))
            #expect(try await serving(agent) == 1)
            #expect(try await home.number("select count(*) from models") == 2)
            #expect(try await home.succeeds(["models", "import", file]).contains("model 3 imported"))
            try await agent.waits(#"touchline_candidate_info{model="3",feature_set="market"}"#) { $0 == 1 }
            #expect(try await serving(agent) == 1, "the champion stays")
            try await home.succeeds(["models", "promote", "3", "--reason", "as good as 2"])
            try await agent.waits(#"touchline_model_info{model="3",feature_set="market"}"#) { $0 == 1 }
            let list = try await home.succeeds(["models", "list"])
            #expect(
                list.split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                    "model stage", "3 champion", "2 archived", "1 archived",
                ])
            #expect(try await home.succeeds(["models", "show", "3"]).contains("imported  operator"))
            #expect(try await home.succeeds(["models", "compare", "2", "3"]).contains("*  stage"))
        }

        /// The number of the model that serves.
        private func serving(_ agent: RunningAgent) async throws -> Int? {
            let page = try await agent.metrics()
            return (1...9).first { page[#"touchline_model_info{model="\#($0)",feature_set="market"}"#] == 1 }
        }
    }
}
