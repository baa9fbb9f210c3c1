import Drift
import FoundationEssentials
import History
import Testing

@testable import Agent

struct DecideJobTests {
    @Test func `a request becomes an order, which the next training carries out`() async throws {
        let shop = try await Workshop()
        let trained = try await shop.train.run(shop.context())
        let calm = try await shop.decide.run(shop.context(trained.snapshot, day: 0.1))
        #expect(calm.snapshot.order == nil && calm.snapshot.ordered.isEmpty)
        #expect(try await shop.history.trainingDecisions().count == 1, "nothing spoke for it")

        _ = try await shop.history.request(
            TrainingRequest(source: .alert, reason: "TouchlineDriftDetected", key: "a", requestedAt: Example.instant))
        let seen = await shop.shelf.looked(calm.snapshot)
        #expect(seen.ordered == [.decide])
        let decided = try await shop.decide.run(shop.context(seen, day: 0.2))
        #expect(decided.snapshot.ordered == [.train])
        #expect(try await shop.history.openTrainingRequests().isEmpty)
        // An agent that starts now finds the order in the registry.
        #expect(try await shop.shelf.refreshed(Snapshot()).order?.id == decided.snapshot.order?.id)
        let done = try await shop.train.run(shop.context(decided.snapshot, day: 0.3))
        #expect(done.snapshot.ordered.isEmpty)
        #expect(try await shop.history.modelEvents(of: 2).first?.change.requester == .request)
        #expect(shop.instruments.value("touchline_retrain_decisions_total", ["request"]) == 1)
    }

    @Test func `drift orders a training once, and is put off until matches have been played`() async throws {
        let shop = try await Workshop(kept: 700)
        var snapshot = try await shop.train.run(shop.context()).snapshot
        snapshot.counts = try await shop.history.counts(at: Example.instant)
        snapshot.drift = try await Example.snapshot().drift
        let held = try await shop.decide.run(shop.context(snapshot, day: 0.5))
        #expect(held.snapshot.order == nil && held.snapshot.decision?.heldBack == "a model was trained 12h ago")
        let again = try await shop.decide.run(shop.context(held.snapshot, day: 0.6))
        #expect(try await shop.history.trainingDecisions().count == 2, "what is held back is recorded once")
        let still = try await shop.decide.run(shop.context(again.snapshot, day: 1.5))
        #expect(still.snapshot.decision?.heldBack == "no match finished since a model was trained")
        try await shop.keep(shop.matches)
        var later = still.snapshot
        later.counts = try await shop.history.counts(at: Example.instant)
        let decided = try await shop.decide.run(shop.context(later, day: 1.6))
        #expect(decided.snapshot.order?.reasons == [.drift] && decided.itemsOut == 1)
        let twice = try await shop.decide.run(shop.context(decided.snapshot, day: 1.7))
        #expect(twice.itemsOut == 0 && twice.snapshot.order?.id == decided.snapshot.order?.id)
    }
}
