import Fetch
import FoundationEssentials
import Glibc
import History
import TestSupport
import Testing

extension Journeys {
    /// Trainings told to a real MLflow tracking server, and to none.
    struct TrackingTests {
        private func configuration(_ feed: LeagueFeed, _ tracking: String, timeout: String = "30s") -> String {
            """
            feed:
              {base_url: "\(feed.url)", first_season: 2022/23, last_season: 2023/24, attempts: 1, pause: 0s}
            schedule: {ingest: 0 0 1 1 *, predict: "@every 1h", train: 0 0 1 1 *, jitter: 0s, retry_pause: 1s}
            model: {trees: 5, minimum_matches: 380}
            mlflow: {tracking_uri: "\(tracking)", experiment: "a league/1", timeout: \(timeout)}
            """
        }

        @Test(.timeLimit(.minutes(6)))
        func `each training is a run on MLflow's server, with the model's own bytes`() async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            try await withHome { home in
                try await withTracking(in: home.folder) { tracking in
                    try await withAgent(home, configuration(feed, tracking.address)) { agent in
                        try await agent.waits("touchline_model_exports_total") { $0 == 1 }
                        try await agent.waits("touchline_model_exports_waiting") { $0 == 0 }
                        let run = try #require(try await tracking.runs().first)
                        #expect(run.info.status == "FINISHED")
                        try await expect(run, toTellOf: 1, home)
                        let bytes = try await tracking.artifact("model.bin", of: run)
                        let digest = try await home.texts("select bytes_checksum from models where id = 1")
                        #expect(try await home.history.digest(of: bytes) == digest.first)
                        // The other file is one to import.
                        let file = home.folder + "/from-mlflow"
                        try Data(try await tracking.artifact("touchline.model", of: run)).write(
                            to: URL(filePath: file))
                        #expect(try await home.succeeds(["models", "import", file]).contains("model 2 imported"))
                        #expect(try await home.succeeds(["train", "--reason", "again"]).hasPrefix("requested: "))
                        try await agent.waits("touchline_model_exports_total") { $0 == 2 }
                        #expect(try await tracking.runs().count == 2, "what was imported was not trained here")
                        // What was told of already, but not noted, is found and not made again.
                        _ = try await home.texts("delete from model_exports returning run")
                        try await agent.waits("touchline_model_exports_total") { $0 == 4 }
                        #expect(try await tracking.runs().count == 2)
                    }
                }
            }
        }

        @Test(.timeLimit(.minutes(6)))
        func `a server that hangs or fails keeps no training waiting, and is told when it is well`() async throws {
            let feed = try LeagueFeed(fixtures: ComingRound.csv())
            let hanging = try LoopbackServer { _ in LoopbackResponse(delay: .seconds(60)) }
            try await withHome { home in
                try await withAgent(home, configuration(feed, hanging.url(""), timeout: "2s")) { agent in
                    // The model serves while the server has not even answered the first question.
                    try await agent.waits("touchline_forecasts") { $0 == 10 }
                    try await agent.waits(#"touchline_model_export_failures_total{reason="timeout"}"#) { $0 >= 1 }
                    let page = try await agent.metrics()
                    #expect(page["touchline_model_exports_waiting"] == 1)
                    #expect(page["touchline_model_export_oldest_waiting_timestamp_seconds"] != nil)
                    #expect(page.sum("touchline_job_failures_total") == 0)
                    #expect(agent.process.said.contains("model not sent to the tracking server"))
                    let failing = try LoopbackServer { _ in .status(500) }
                    try Data(configuration(feed, failing.url("")).utf8).write(to: URL(filePath: home.configuration))
                    agent.process.send(SIGHUP)
                    try await agent.waits(#"touchline_model_export_failures_total{reason="status"}"#) { $0 >= 1 }
                    try await withTracking(in: home.folder) { tracking in
                        try Data(configuration(feed, tracking.address).utf8).write(
                            to: URL(filePath: home.configuration))
                        agent.process.send(SIGHUP)
                        try await agent.waits("touchline_model_exports_total") { $0 == 1 }
                        #expect(try await tracking.runs().count == 1)
                    }
                }
            }
            hanging.stop()
        }

        private func expect(_ run: TrackingProgram.Run, toTellOf model: Int, _ home: AgentHome) async throws {
            let said = try await home.texts(
                """
                select data_checksum || ' ' || matches || ' ' || first_day || ' ' || last_day || ' ' || seed from models
                where id = \(model)
                """)
            let names = ["data_checksum", "matches", "first_day", "last_day", "seed"]
            #expect(names.map { run.parameters[$0] ?? "" }.joined(separator: " ") == said.first)
            #expect(run.parameters["trees"] == "5" && run.parameters["feature_set"] == "market")
            #expect(run.parameters["features"]?.contains("market_home") == true)
            #expect(run.parameters["base"]?.hasSuffix("by power") == true)
            let logLoss = try await home.texts("select holdout->'model'->>'logLoss' from models where id = \(model)")
            #expect(run.metrics["holdout_log_loss"] == logLoss.first.flatMap(Double.init))
            #expect(run.metrics["holdout_market_ranked_probability_score"] != nil)
            #expect(run.tags["touchline.verdict"] == "promoted" && run.tags["touchline.synthetic"] == "false")
            #expect(run.tags["touchline.model"] == "\(model)" && run.tags["mlflow.note.content"]?.isEmpty == false)
        }
    }
}
