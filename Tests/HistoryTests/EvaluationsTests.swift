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

    @Test func `a played match settles each model's last forecast, once`() async throws {
        let (history, first) = try await prepared([Example.fixture()])
        _ = try await history.store([Example.prediction(model: first)])
        _ = try await history.store([Example.prediction(model: first, hours: 5, home: 0.6)])
        let second = try await history.store(Example.model())
        _ = try await history.store([Example.prediction(model: second, hours: 6)])
        #expect(try await history.settlements() == [])

        let match = Example.match()
        _ = try await history.record(Example.ingest(matches: [match]))
        let settlements = try await history.settlements()
        #expect(settlements.map(\.prediction.modelID) == [first, second])
        #expect(settlements.map(\.prediction.probabilities.home) == [0.6, 0.5])
        #expect(settlements.map(\.match) == [match, match])

        let evaluations = settlements.map(Example.evaluation)
        #expect(try await history.store(evaluations) == 2)
        #expect(try await history.store(evaluations) == 0)
        #expect(try await history.settlements() == [])
        // The second model's forecast was the one served at kick-off.
        #expect(try await history.recentEvaluations(limit: 10) == [evaluations[1]])
        #expect(try await history.counts(at: newYear).evaluations == 2)
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
}
