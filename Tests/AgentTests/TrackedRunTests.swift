import Football
import FoundationEssentials
import History
import Testing

@testable import Agent

struct TrackedRunTests {
    static func export(bytes: [UInt8] = [1, 2, 3], options: String? = nil) -> ModelToExport {
        let holdout = """
            {"baseRate":{"accuracy":0.44,"logLoss":1.06,"rankedProbability":0.23},"market":{"accuracy":0.55,\
            "logLoss":0.96,"rankedProbability":0.196},"matches":380,"model":{"accuracy":0.54,"logLoss":0.97,\
            "rankedProbability":0.197}}
            """
        return ModelToExport(
            model: StoredModel(
                id: 7, trainedAt: Example.instant, featureSet: "market", seed: .max,
                options: options ?? RecipeText.encode(Recipe(.known(.market))), matches: 760,
                firstDay: Day(number: 18_000), lastDay: Day(number: 19_000), holdout: holdout, bytes: bytes,
                synthetic: true, trainingSeconds: 1.25, features: ["a", "b"], dataChecksum: "abc"),
            registeredAt: Example.instant, bytesChecksum: "def")
    }

    static var events: [ModelEvent] {
        let evidence = """
            {"basis":{"refitted":380},"findings":["worse"],"frequencies":[0.4,0.3,0.3],"logLoss":{"lower":0.01,\
            "matches":380,"mean":0.02,"upper":"inf"},"matches":380,"meanForecast":[0.4,0.3,0.3]}
            """
        let rejected = ModelChange(
            reason: "it is worse", evidence: evidence, requester: .drift, at: Example.instant)
        let asked = ModelChange(reason: "shots drifted", requester: .drift, at: Example.instant)
        return [
            ModelEvent(id: 1, modelID: 7, kind: .registered, change: asked, term: nil),
            ModelEvent(id: 2, modelID: 7, kind: .rejected, change: rejected, term: nil),
        ]
    }

    @Test func `a run says how the model was made, how it did and what became of it`() {
        let run = TrackedRun(Self.export(), events: Self.events)
        #expect(run.parameters["trees"] == "200" && run.parameters["feature_share"] == "0.4")
        #expect(run.parameters["base"] == Fixture.consensusName)
        #expect(run.parameters["features"] == "a,b" && run.parameters["seed"] == "18446744073709551615")
        #expect(run.parameters["matches"] == "760" && run.parameters["data_checksum"] == "abc")
        #expect(run.parameters["first_day"] == "\(Day(number: 18_000))")
        #expect(run.metrics["holdout_log_loss"] == 0.97 && run.metrics["holdout_market_accuracy"] == 0.55)
        #expect(run.metrics["holdout_base_rate_ranked_probability_score"] == 0.23)
        #expect(run.metrics["champion_log_loss_difference"] == 0.02 && run.metrics["holdout_matches"] == 380)
        #expect(run.metrics["champion_log_loss_difference_upper"] == nil, "JSON has no infinity")
        #expect(run.metrics["model_bytes"] == 3 && run.metrics["training_seconds"] == 1.25)
        #expect(run.tags["touchline.verdict"] == "rejected" && run.tags["touchline.trained_because"] == "shots drifted")
        #expect(run.tags["touchline.requested_by"] == "drift" && run.tags["touchline.synthetic"] == "true")
        #expect(run.endedAt.timeIntervalSince(run.startedAt) == 1.25)
    }

    @Test func `a run that another model made has another key, and nothing is too long for the server`() {
        let run = TrackedRun(Self.export(options: #"{"note":"\#(String(repeating: "x", count: 9_000))"}"#), events: [])
        #expect(run.parameters.values.allSatisfy { $0.count <= 5_000 })
        #expect(run.tags["touchline.verdict"] == nil)
        var other = Self.export()
        other.registeredAt += 1
        #expect(TrackedRun(other, events: []).key != run.key)
    }
}
