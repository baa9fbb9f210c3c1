import FoundationEssentials
import History
import TestSupport
import Testing

struct AlertHistoryTests {
    private func alert(
        _ status: AlertNotification.Status = .firing, startedAfter seconds: Double = 0, asks: Bool = false
    ) -> AlertNotification {
        AlertNotification(
            fingerprint: "c5c8f6a3b0d1e2f4", startsAt: newYear.addingTimeInterval(seconds), status: status,
            endsAt: status == .resolved ? newYear.addingTimeInterval(600) : nil,
            labels: ["alertname": "TouchlineDriftDetected", "severity": "warning", "feature": "quote \" and ü"],
            annotations: ["summary": "An input of the model has drifted."], receiver: "touchline",
            generatorURL: "http://127.0.0.1:9090/graph", receivedAt: newYear.addingTimeInterval(60 + seconds),
            asksForTraining: asks)
    }

    @Test func `what is told twice is kept once, and reads as it was told`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.store([alert()]) == 1)
        #expect(try await history.store([alert(), alert(.resolved)]) == 1)
        #expect(try await history.store([alert(.resolved)]) == 0)
        #expect(try await history.alerts(limit: 10).map(\.notification) == [alert(.resolved), alert()])
        #expect(try await history.alerts(limit: 1).count == 1)
        // The same alert, firing again.
        #expect(try await history.store([alert(startedAfter: 3_600)]) == 1)
        #expect(try await history.store([AlertNotification]()) == 0)
    }

    @Test func `an alert that asks for a training asks once each time that it fires`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.store([alert(asks: true), alert(asks: true)])
        _ = try await history.store([alert(.resolved, asks: true)])
        let request = try #require(try await history.openTrainingRequests().first)
        #expect(try await history.openTrainingRequests().count == 1)
        #expect(request.source == .alert && request.reason == "TouchlineDriftDetected fires")
        var told = try #require(try await history.alerts(limit: 10).last)
        #expect(told.notification.asksForTraining && told.decidedAt == nil)
        let decided = newYear.addingTimeInterval(120)
        _ = try await history.record(
            TrainingDecision(
                decidedAt: decided, train: true, reasons: [.request], requests: [try #require(request.id)]))
        told = try #require(try await history.alerts(limit: 10).last)
        #expect(told.decidedAt == decided)
        _ = try await history.store([alert(startedAfter: 3_600, asks: true)])
        #expect(try await history.openTrainingRequests().count == 1)
    }
}
