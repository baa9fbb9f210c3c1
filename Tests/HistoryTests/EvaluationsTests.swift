import Football
import FoundationEssentials
import History
import Testing
import TestSupport

struct EvaluationsTests {
    private func prepared(_ fixtures: [Fixture]) async throws -> (History, Int64) {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(fixtures: fixtures))
        return (history, try await history.store(Example.model()))
    }

    @Test func `a played match settles every forecast from before it, once`() async throws {
        let (history, first) = try await prepared([Example.fixture()])
        _ = try await history.store([Example.prediction(model: first)])
        _ = try await history.store([Example.prediction(model: first, hours: 5, home: 0.6)])
        let second = try await history.store(Example.model())
        _ = try await history.store([Example.prediction(model: second, hours: 6)])
        #expect(try await history.settlements() == [])

        let match = Example.match()
        _ = try await history.record(Example.ingest(matches: [match]))
        let settlements = try await history.settlements()
        #expect(settlements.map(\.prediction.modelID) == [first, first, second])
        #expect(settlements.map(\.prediction.probabilities.home) == [0.5, 0.6, 0.5])
        #expect(settlements.map(\.match) == [match, match, match])
        // No match was played before.
        #expect(settlements.allSatisfy { !$0.isCorrection && $0.baseRate.draw == 1.0 / 3 })

        let evaluations = settlements.map(Example.evaluation)
        #expect(try await history.store(evaluations) == 3)
        #expect(try await history.store(evaluations) == 0)
        #expect(try await history.settlements() == [])
        // The second model's forecast was the one served at kick-off.
        #expect(try await history.recentEvaluations(limit: 10) == [evaluations[2]])
        #expect(try await history.counts(at: newYear).evaluations == 3)
    }

    @Test func `a forecast from after a kick-off that moved forward does not count`() async throws {
        let (history, model) = try await prepared([Example.fixture()])
        _ = try await history.store([Example.prediction(model: model, hours: 1)])
        _ = try await history.store([Example.prediction(model: model, hours: 20, home: 0.6)])
        _ = try await history.record(Example.ingest(matches: [Example.match(Example.fixture(hours: 15))]))
        #expect(try await history.settlements().map(\.prediction.probabilities.home) == [0.5])
    }

    @Test func `recent scores are those of the newest matches`() async throws {
        let fixtures = ["Hull", "Bury", "York"].enumerated().map { Example.fixture($1, hours: 30 + Double($0)) }
        let (history, model) = try await prepared(fixtures)
        _ = try await history.store(fixtures.map { Example.prediction(model: model, of: $0) })
        _ = try await history.record(Example.ingest(matches: fixtures.map { Example.match($0) }))
        _ = try await history.store(try await history.settlements().map(Example.evaluation))
        #expect(try await history.recentEvaluations(limit: 2).map(\.key.home) == ["York", "Bury"])
        #expect(try await history.recentEvaluations(limit: 0) == [])
    }

    @Test func `a score of a forecast that does not exist is refused`() async throws {
        let (history, model) = try await prepared([Example.fixture()])
        _ = try await history.store([Example.prediction(model: model)])
        _ = try await history.record(Example.ingest(matches: [Example.match()]))
        var evaluation = Example.evaluation(of: try #require(try await history.settlements().first))
        evaluation.predictionID += 1
        let error = await #expect(throws: HistoryError.self) { try await history.store([evaluation]) }
        #expect(error?.reason == "rejected")
    }

    @Test func `a corrected result is scored again, and what stood before is kept`() async throws {
        let (history, model) = try await prepared([Example.fixture()])
        _ = try await history.store([Example.prediction(model: model)])
        _ = try await history.store([Example.prediction(model: model, hours: 2, home: 0.6)])
        for (goals, outcome) in [(Sides(home: 2, away: 1), "home"), (Sides(home: 1, away: 1), "draw")] {
            _ = try await history.record(Example.ingest(matches: [Example.match(goals: goals)]))
            let settlements = try await history.settlements()
            #expect(settlements.map(\.isCorrection) == Array(repeating: outcome == "draw", count: 2))
            let evaluations = settlements.map(Example.evaluation)
            #expect(try await history.store(evaluations) == 2)
            // The same again, as after a crash before the job's end was noted.
            #expect(try await history.store(evaluations) == 0)
            #expect(try await history.settlements() == [])
        }
        #expect(try await history.recentEvaluations(limit: 10).map(\.outcome) == [.draw])
        #expect(try await history.value("select count(*) from evaluations where revision = 2") == 2)
        #expect(
            try await history.value(
                "select count(*) from superseded_evaluations where revision = 1 and outcome = 'home' and hit") == 2)
        // A correction that leaves the outcome as it was changes no score.
        _ = try await history.record(Example.ingest(matches: [Example.match(goals: Sides(home: 3, away: 3))]))
        #expect(try await history.settlements() == [])
    }

    @Test func `base rates are those of the days before`() async throws {
        let goals = [
            Sides(home: 1, away: 0), Sides(home: 2, away: 2), Sides(home: 3, away: 0), Sides(home: 0, away: 1),
        ]
        let fixtures = goals.indices.map { Example.fixture("Home \($0)", hours: 12 + Double($0) * 24) }
        let last = Example.fixture("Home last", hours: 12 + 3 * 24)
        let (history, model) = try await prepared(fixtures + [last])
        _ = try await history.store([Example.prediction(model: model, of: last)])
        let matches = zip(fixtures, goals).map { Example.match($0, goals: $1) }
        _ = try await history.record(Example.ingest(matches: matches + [Example.match(last)]))
        let settlement = try #require(try await history.settlements().first)
        // Two home wins and a draw before its day; another match of the day itself does not count.
        let expected: [Double] = [3 / 6, 2 / 6, 1 / 6]
        #expect(settlement.baseRate.values == expected)
        _ = try await history.store([Example.evaluation(of: settlement)])
        #expect(try await history.recentEvaluations(limit: 1).first?.baseRate == settlement.baseRate)
    }
}
