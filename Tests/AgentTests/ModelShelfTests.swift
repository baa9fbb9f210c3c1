import Football
import FoundationEssentials
import History
import Testing

@testable import Agent

struct ModelShelfTests {
    private func stored(_ seed: UInt64, bytes: [UInt8]) -> StoredModel {
        let day = Day(containing: Example.instant)
        return StoredModel(
            trainedAt: Example.instant, featureSet: "market", seed: seed, options: "{}", matches: 760, firstDay: day,
            lastDay: day, holdout: "{}", bytes: bytes, synthetic: true, trainingSeconds: 1)
    }

    private let change = ModelChange(reason: "test", requester: .operator, at: Example.instant)

    @Test func `the champion in memory follows the registry`() async throws {
        let shop = try await Workshop(kept: 0)
        let bytes = try await Example.model().bytes
        #expect(try await shop.shelf.refreshed(Snapshot()).champion == nil)
        let first = try await shop.history.store(stored(1, bytes: bytes))
        var snapshot = try await shop.shelf.refreshed(Snapshot())
        #expect(snapshot.champion?.id == first && snapshot.registry.promotedAt == Example.instant)
        let second = try await shop.history.register(stored(2, bytes: bytes), change)
        snapshot = try await shop.shelf.refreshed(snapshot)
        #expect(snapshot.champion?.id == first && snapshot.candidate?.id == second)
        try await shop.history.promote(second, change)
        snapshot = try await shop.shelf.refreshed(snapshot)
        #expect(snapshot.champion?.id == second && snapshot.candidate == nil)
        _ = try await shop.history.rollBack(change)
        snapshot = try await shop.shelf.refreshed(snapshot)
        #expect(snapshot.champion?.id == first)
    }

    @Test(arguments: ["damaged", "cut", "foreign", "newer"])
    func `bytes that are refused leave the champion in memory, and at a start the one before serves`(how: String)
        async throws
    {
        let shop = try await Workshop(kept: 0)
        let bytes = try await Example.model().bytes
        let good = try await shop.history.store(stored(1, bytes: bytes))
        let running = try await shop.shelf.refreshed(Snapshot())
        var bad = bytes
        switch how {
        case "damaged": bad[bad.count / 2] ^= 1
        case "cut": bad.removeLast(9)
        case "foreign": bad = Array("PK not a model of ours".utf8)
        default: bad[8] = 9
        }
        let refused = try await shop.history.store(stored(2, bytes: bad))
        for before in [running, Snapshot()] {
            let snapshot = try await shop.shelf.refreshed(before)
            #expect(snapshot.champion?.id == good)
            #expect(snapshot.registry.refusal?.hasPrefix("model \(refused): ") == true, "\(how)")
        }
        // Going back clears it.
        _ = try await shop.history.rollBack(change)
        let healed = try await shop.shelf.refreshed(running)
        #expect(healed.champion?.id == good && healed.registry.refusal == nil)
    }

    @Test func `a row that changed under the database is refused like bytes that do not fit`() async throws {
        let shop = try await Workshop(kept: 0)
        let bytes = try await Example.model().bytes
        let good = try await shop.history.store(stored(1, bytes: bytes))
        let bad = try await shop.history.store(stored(2, bytes: bytes))
        try await shop.history.run { session throws(HistoryError) in
            _ = try session.execute("update models set bytes_checksum = 'x' where id = $1", [bad])
        }
        let snapshot = try await shop.shelf.refreshed(Snapshot())
        #expect(snapshot.champion?.id == good && snapshot.registry.refusal?.contains("changed since") == true)
    }

    @Test func `with no model that can be read nothing serves`() async throws {
        let shop = try await Workshop(kept: 0)
        _ = try await shop.history.store(stored(1, bytes: [1, 2, 3]))
        let snapshot = try await shop.shelf.refreshed(Snapshot())
        #expect(snapshot.champion == nil && snapshot.registry.refusal != nil)
    }
}
