import FoundationEssentials
import History
import Testing
import TestSupport

struct ModelsTests {
    @Test func `a model comes back as it was stored, as the champion`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.champion() == nil)
        var model = Example.model()
        model.features = ["elo", "form \"last 5\""]
        model.dataChecksum = "abc"
        model.calibration = #"{"temperature":1.1}"#
        let id = try await history.store(model)
        model.id = id
        model.stage = .champion
        #expect(try await history.champion() == model)
        #expect(try await history.model(id) == model)
        #expect(try await history.model(id + 1) == nil)
        #expect(try await history.candidate() == nil)
    }

    @Test func `a new champion archives the one before`() async throws {
        let history = try await TestDatabase.migrated().history()
        let first = try await history.store(Example.model(seed: 1))
        let second = try await history.store(Example.model(seed: 2))
        #expect(try await history.champion()?.id == second)
        #expect(try await history.champion()?.seed == 2)
        #expect(try await history.model(first)?.stage == .archived)
        #expect(try await history.counts(at: newYear).models == 2)
    }

    @Test func `the list has every model without its bytes, newest first`() async throws {
        let history = try await TestDatabase.migrated().history()
        let first = try await history.store(Example.model(seed: 1))
        let second = try await history.register(Example.model(seed: 2), .example("scheduled"))
        let records = try await history.models()
        #expect(records.map(\.model.id) == [second, first])
        #expect(records.map(\.model.stage) == [.candidate, .champion])
        #expect(records.allSatisfy { $0.model.bytes.isEmpty && $0.size == 256 })
        let digest: String? = try await history.value("select encode(sha256(bytes), 'hex') from models limit 1")
        #expect(records.allSatisfy { $0.bytesChecksum == digest })
        let standing = try await history.modelStanding()
        #expect(standing.champion == first && standing.candidate == second && standing.lastEvent == 3)
    }

    @Test(arguments: ["champion", "candidate"])
    func `there is never a second one in a stage`(stage: String) async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.store(Example.model(seed: 1))
        _ = try await history.store(Example.model(seed: 2))
        let error = await #expect(throws: HistoryError.self) {
            try await history.execute("update models set state = $1", [stage])
        }
        guard case .rejected(sqlstate: "23505", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `options that are not JSON are refused and leave the champion in place`() async throws {
        let history = try await TestDatabase.migrated().history()
        let id = try await history.store(Example.model())
        var broken = Example.model()
        broken.options = "trees: 100"
        await #expect(throws: HistoryError.self) { try await history.store(broken) }
        #expect(try await history.champion()?.id == id)
        #expect(try await history.modelEvents().map(\.modelID) == [id, id])
    }

    @Test func `bytes that changed under the database are refused by name`() async throws {
        let history = try await TestDatabase.migrated().history()
        let id = try await history.store(Example.model())
        // What a bad disk does: the column changes, and the digest that was taken stays.
        try await history.execute("update models set bytes = '\\x0102'")
        let error = await #expect(throws: HistoryError.self) { try await history.champion() }
        #expect(error?.description.contains("model \(id)") == true && error?.reason == "model")
        #expect(try await history.models().map(\.model.id) == [id])
    }
}
