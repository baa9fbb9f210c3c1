import Drift
import Football
import FoundationEssentials
import History
import Testing

@testable import Agent

@Suite struct ModelsAlikeTests {
    private func model(_ id: Int64, options: String, featureSet: String = "market") -> StoredModel {
        let day = Day(number: 19_000)
        return StoredModel(
            id: id, trainedAt: day.start, featureSet: featureSet, seed: UInt64(id), options: options, matches: 3_800,
            firstDay: day, lastDay: day, holdout: "{}", bytes: [], synthetic: false, trainingSeconds: 1,
            features: ["elo_difference"])
    }

    /// A scored forecast by a model.
    private func evaluation(_ place: Int, by model: Int64, home: Double) -> Evaluation {
        let day = Day(number: 19_000 + Int32(place))
        return Evaluation(
            predictionID: Int64(place), modelID: model,
            key: MatchKey(division: "E0", season: Season(startYear: 2022), home: "H\(place)", away: "A"),
            deadline: day.start, outcome: .home,
            probabilities: OutcomeProbabilities(home: home, draw: 0.25, away: 0.75 - home), hit: true,
            logLoss: 0.8, rankedProbability: 0.2, brier: 0.5, evaluatedAt: day.start)
    }

    @Test func `models of the same features and options are alike, whenever and by whatever seed they were trained`() {
        let models = [
            model(1, options: "{}"), model(2, options: "{}"), model(3, options: #"{"trees":5}"#),
            model(4, options: "{}", featureSet: "odds"),
        ]
        let alike = ModelsAlike(of: 1, in: models)
        #expect((1...4).map { alike.contains(Int64($0)) } == [true, true, false, false])
        #expect(ModelsAlike(of: 3, in: models) != alike)
        #expect(ModelsAlike(of: 9, in: models).contains(9))
    }

    @Test func `forecasts of a champion made otherwise are not compared with its predecessor's`() async throws {
        // The first model thinks little of hosts, the next one of its like, and then another kind comes.
        let evaluations = (0..<1_000).map { place in
            let (number, base): (Int64, Double) = place < 400 ? (1, 0.35) : place < 600 ? (2, 0.35) : (3, 0.5)
            return evaluation(place, by: number, home: base + Double(place * 37 % 100) / 1_000)
        }
        let models = [model(1, options: "{}"), model(2, options: "{}"), model(3, options: #"{"trees":5}"#)]
        func states(_ count: Int, champion: Int64?) async throws -> [String] {
            let watch = DriftWatch(
                Settings.Drift(), trainedAt: nil, alike: champion.map { ModelsAlike(of: $0, in: models) })
            return try await watch.report(
                [], Array(evaluations.prefix(count)), FindingLedger([]), replay: DriftReplay(), now: .distantPast
            ).columns.filter { $0.name.hasPrefix("forecast_home") }.map(\.state.rawValue)
        }
        #expect(try await states(600, champion: 2) == ["ok"])
        #expect(try await states(750, champion: nil) == ["drifted"])
        #expect(try await states(750, champion: 3) == ["insufficient_data"])
        #expect(try await states(1_000, champion: 3) == ["ok"])
    }
}
