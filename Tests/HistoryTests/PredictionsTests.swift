import Football
import FoundationEssentials
import History
import Testing
import TestSupport

struct PredictionsTests {
    private func prepared() async throws -> (History, Int64) {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(
            Example.ingest(fixtures: [Example.fixture(), Example.fixture("Hull", hours: 30)]))
        return (history, try await history.store(Example.model()))
    }

    @Test func `a forecast made again adds no row, one from new inputs adds a version`() async throws {
        let (history, model) = try await prepared()
        let first = Example.prediction(model: model)
        #expect(try await history.store([first]) == 1)
        #expect(try await history.store([first, Example.prediction(model: model, hours: 2)]) == 0)
        var later = Example.prediction(model: model, hours: 3, home: 0.6)
        #expect(try await history.store([later]) == 1)
        #expect(try await history.store([Example.prediction(model: model, hours: 4, home: 0.6, market: nil)]) == 1)
        #expect(try await history.counts(at: newYear).predictions == 3)
        let latest = try #require(try await history.latestPredictions(after: newYear).first)
        later = Example.prediction(model: model, hours: 4, home: 0.6, market: nil)
        later.id = latest.id
        #expect(latest == later)
    }

    @Test func `the latest forecasts are of matches to come, soonest first`() async throws {
        let (history, model) = try await prepared()
        let soon = Example.fixture("Hull", hours: 30)
        _ = try await history.store([Example.prediction(model: model), Example.prediction(model: model, of: soon)])
        #expect(try await history.latestPredictions(after: newYear).map(\.key.home) == ["Hull", "Leeds"])
        #expect(try await history.latestPredictions(after: soon.forecastDeadline).map(\.key.home) == ["Leeds"])
        _ = try await history.record(Example.ingest(matches: [Example.match()]))
        #expect(try await history.latestPredictions(after: soon.forecastDeadline) == [])
    }

    @Test func `a forecast at its deadline is refused by the database`() async throws {
        let (history, model) = try await prepared()
        let late = Example.prediction(model: model, hours: 39)
        let error = await #expect(throws: HistoryError.self) {
            try await history.store([Example.prediction(model: model, of: Example.fixture("Hull", hours: 30)), late])
        }
        guard case .rejected(sqlstate: "23514", let message)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.contains("predictions_before_deadline"))
        #expect(try await history.counts(at: newYear).predictions == 0)
    }

    @Test(arguments: [0.500_001, -0.1, .nan, .infinity])
    func `probabilities that are none are refused`(home: Double) async throws {
        let (history, model) = try await prepared()
        var prediction = Example.prediction(model: model)
        prediction.probabilities = OutcomeProbabilities(home: home, draw: 0.25, away: 0.25)
        let error = await #expect(throws: HistoryError.self) { try await history.store([prediction]) }
        #expect(error?.reason == "rejected")
    }

    @Test func `a forecast of an unannounced match or by an unknown model is refused`() async throws {
        let (history, model) = try await prepared()
        let stranger = Example.fixture("Ajax")
        await #expect(throws: HistoryError.unknownMatch(stranger.key)) {
            try await history.store([Example.prediction(model: model, of: stranger)])
        }
        let error = await #expect(throws: HistoryError.self) {
            try await history.store([Example.prediction(model: model + 1)])
        }
        #expect(error?.reason == "rejected")
    }

    @Test func `a shadow is kept and to be scored, but what is served is the champion's`() async throws {
        let (history, champion) = try await prepared()
        let change = ModelChange(reason: "due", requester: .schedule, at: newYear)
        let candidate = try await history.register(Example.model(seed: 2), change)
        var shadow = Example.prediction(model: candidate, hours: 2, home: 0.6)
        shadow.shadow = true
        #expect(try await history.store([Example.prediction(model: champion, hours: 1), shadow]) == 2)
        #expect(try await history.store([shadow]) == 0)
        #expect(try await history.latestPredictions(after: newYear).map(\.modelID) == [champion])
        _ = try await history.record(Example.ingest(matches: [Example.match()]))
        let settlements = try await history.settlements()
        #expect(settlements.map(\.prediction.shadow) == [false, true])
        #expect(try await history.store(settlements.map(Example.evaluation)) == 2)
        #expect(try await history.recentEvaluations(limit: 9).map(\.modelID) == [champion])
    }

    @Test func `a forecast that becomes the one served is a version of its own`() async throws {
        let (history, model) = try await prepared()
        var forecast = Example.prediction(model: model)
        forecast.shadow = true
        #expect(try await history.store([forecast]) == 1)
        forecast.shadow = false
        forecast.madeAt = newYear.addingTimeInterval(3600)
        #expect(try await history.store([forecast]) == 1)
        #expect(try await history.latestPredictions(after: newYear).map(\.shadow) == [false])
    }

    @Test func `a model that serves again serves its old forecast as a new version`() async throws {
        let (history, first) = try await prepared()
        let second = try await history.store(Example.model(seed: 2))
        #expect(try await history.store([Example.prediction(model: first, hours: 1)]) == 1)
        #expect(try await history.store([Example.prediction(model: second, hours: 2, home: 0.6)]) == 1)
        #expect(try await history.store([Example.prediction(model: first, hours: 3)]) == 1)
        #expect(try await history.latestPredictions(after: newYear).map(\.modelID) == [first])
        #expect(try await history.store([Example.prediction(model: first, hours: 4)]) == 0)
    }
}
