import Football
import FoundationEssentials
import History
import TestSupport

/// An instant that all examples are counted from: 2024-01-01T00:00:00Z.
let newYear = Date(timeIntervalSince1970: 1_704_067_200)

/// Small values to store.
enum Example {
    static let division = "E0"
    static let season = Season(startYear: 2023)

    static func key(_ home: String = "Leeds", _ away: String = "Derby") -> MatchKey {
        MatchKey(division: division, season: season, home: home, away: away)
    }

    /// A match that kicks off `hours` after ``newYear``.
    static func fixture(
        _ home: String = "Leeds",
        _ away: String = "Derby",
        hours: Double = 39,
        odds: [Quote: Odds] = [Quote(.bet365): Odds(home: 2.1, draw: 3.4, away: 3.6)]
    ) -> Fixture {
        let kickOff = newYear.addingTimeInterval(hours * 3600)
        return Fixture(key: key(home, away), day: Day(containing: kickOff), kickOff: kickOff, odds: odds)
    }

    static func match(_ fixture: Fixture = fixture(), goals: Sides<Int> = Sides(home: 2, away: 1)) -> Match {
        Match(
            fixture: fixture,
            result: MatchResult(
                goals: goals, halfTimeGoals: nil,
                statistics: [.shots: Sides(home: 14, away: 9), .redCards: Sides(home: 0, away: 1)]))
    }

    static func ingest(
        matches: [Match] = [],
        fixtures: [Fixture] = [],
        quarantined: [QuarantinedRow] = [],
        synthetic: Bool = false
    ) -> Ingest {
        Ingest(
            source: "example", url: "https://example.org/E0.csv", at: newYear, matches: matches, fixtures: fixtures,
            quarantined: quarantined, etag: "\"one\"", lastModified: nil, synthetic: synthetic)
    }

    static func model(seed: UInt64 = .max, synthetic: Bool = false) -> StoredModel {
        StoredModel(
            trainedAt: newYear, featureSet: "form", seed: seed, options: #"{"trees": 100,  "depth": 8}"#, matches: 3040,
            firstDay: season.firstDay, lastDay: season.lastDay, holdout: #"{"log_loss": 0.97}"#,
            bytes: (0...255).map { UInt8($0) }, synthetic: synthetic, trainingSeconds: 1.5)
    }

    static func prediction(
        model: Int64,
        of fixture: Fixture = fixture(),
        hours: Double = 0,
        home: Double = 0.5,
        market: OutcomeProbabilities? = OutcomeProbabilities(home: 0.4, draw: 0.35, away: 0.25),
        odds: Odds? = nil
    ) -> Prediction {
        Prediction(
            modelID: model, key: fixture.key, deadline: fixture.forecastDeadline,
            madeAt: newYear.addingTimeInterval(hours * 3600),
            probabilities: OutcomeProbabilities(home: home, draw: 0.75 - home, away: 0.25), market: market,
            bookmaker: odds == nil ? nil : .bet365, odds: odds)
    }

    static func evaluation(of settlement: Settlement) -> Evaluation {
        let prediction = settlement.prediction
        let outcome = settlement.match.result.outcome
        return Evaluation(
            predictionID: prediction.id ?? 0, modelID: prediction.modelID, key: prediction.key,
            deadline: prediction.deadline, outcome: outcome, probabilities: prediction.probabilities,
            market: prediction.market, baseRate: settlement.baseRate, hit: Score.hit(prediction.probabilities, outcome),
            logLoss: Score.logLoss(prediction.probabilities, outcome),
            rankedProbability: Score.rankedProbability(prediction.probabilities, outcome),
            brier: Score.brier(prediction.probabilities, outcome),
            marketLogLoss: prediction.market.map { Score.logLoss($0, outcome) },
            marketRankedProbability: prediction.market.map { Score.rankedProbability($0, outcome) },
            evaluatedAt: newYear.addingTimeInterval(50 * 3600))
    }
}

extension History {
    /// Runs a statement and reads the first column of its first row.
    func value<Value: WireValue>(_ sql: String, _ parameters: [(any WireValue)?] = []) async throws -> Value? {
        try await run { session throws(HistoryError) in
            try session.execute(sql, parameters).first { row throws(HistoryError) in try row.optional(Value.self) }
                ?? nil
        }
    }

    /// Runs a statement whose rows do not matter.
    func execute(_ sql: String, _ parameters: [(any WireValue)?] = []) async throws(HistoryError) {
        try await run { session throws(HistoryError) in _ = try session.execute(sql, parameters) }
    }
}
