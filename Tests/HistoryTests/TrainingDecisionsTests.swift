import FoundationEssentials
import History
import Testing
import TestSupport

struct TrainingDecisionsTests {
    private func request(_ reason: String, key: String? = nil) -> TrainingRequest {
        TrainingRequest(source: .alert, reason: reason, key: key, requestedAt: newYear)
    }

    @Test func `a wish that is told twice counts once`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.request(request("drift", key: "abc")))
        #expect(try await !history.request(request("drift, again", key: "abc")))
        #expect(try await history.request(request("by hand")))
        #expect(try await history.request(request("by hand")))
        #expect(try await history.openTrainingRequests().map(\.reason) == ["drift", "by hand", "by hand"])
        #expect(try await history.modelStanding().openRequests == 3)
    }

    @Test func `a decision to train answers its wishes and stays open until a model came of it`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.request(request("drift", key: "abc"))
        let wishes = try await history.openTrainingRequests().compactMap(\.id)
        let no = TrainingDecision(
            decidedAt: newYear, train: false, reasons: [.drift], heldBack: "trained an hour ago", requests: wishes)
        _ = try await history.record(no)
        #expect(try await history.openTrainingRequests().count == 1)
        let yes = TrainingDecision(
            decidedAt: newYear, train: true, reasons: [.drift, .request], evidence: #"{"drifted":2}"#, requests: wishes)
        let id = try await history.record(yes)
        #expect(try await history.openTrainingRequests().isEmpty)
        #expect(try await history.trainingDecisions(open: true).map(\.id) == [id])
        let model = try await history.store(Example.model())
        try await history.fulfil(decision: id, with: model)
        #expect(try await history.trainingDecisions(open: true).isEmpty)
        let all = try await history.trainingDecisions()
        #expect(all.map(\.train) == [true, false] && all.map(\.reasons) == [[.drift, .request], [.drift]])
        #expect(all.last?.heldBack == "trained an hour ago" && all.first?.evidence == #"{"drifted":2}"#)
    }

    @Test(arguments: [
        TrainingDecision(decidedAt: newYear, train: true, reasons: []),
        TrainingDecision(decidedAt: newYear, train: true, reasons: [.age], heldBack: "too soon"),
    ])
    func `a decision that contradicts itself is refused`(decision: TrainingDecision) async throws {
        let history = try await TestDatabase.migrated().history()
        await #expect(throws: HistoryError.self) { try await history.record(decision) }
        #expect(try await history.trainingDecisions().isEmpty)
    }
}
