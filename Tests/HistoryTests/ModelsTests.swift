import FoundationEssentials
import History
import Testing
import TestSupport

struct ModelsTests {
    @Test func `a model comes back as it was stored, as the champion`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.champion() == nil)
        var model = Example.model()
        let id = try await history.store(model)
        model.id = id
        #expect(try await history.champion() == model)
    }

    @Test func `a new champion archives the one before`() async throws {
        let history = try await TestDatabase.migrated().history()
        let first = try await history.store(Example.model(seed: 1))
        let second = try await history.store(Example.model(seed: 2))
        #expect(try await history.champion()?.id == second)
        #expect(try await history.champion()?.seed == 2)
        #expect(try await history.value("select state from models where id = $1", [first]) == "archived")
        #expect(try await history.counts(at: newYear).models == 2)
    }

    @Test func `there is never a second champion`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.store(Example.model(seed: 1))
        _ = try await history.store(Example.model(seed: 2))
        let error = await #expect(throws: HistoryError.self) {
            try await history.execute("update models set state = 'champion'")
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
    }
}
