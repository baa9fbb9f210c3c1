import FoundationEssentials
import History
import Testing
import TestSupport

extension ModelChange {
    /// A change whose words can be told from others.
    static func example(_ reason: String, _ requester: Requester = .schedule) -> ModelChange {
        ModelChange(reason: reason, evidence: #"{"n": 380}"#, requester: requester, at: newYear)
    }
}

struct ModelStagesTests {
    private func kinds(_ history: History, _ model: Int64) async throws -> [ModelEvent.Kind] {
        try await history.modelEvents(of: model).map(\.kind)
    }

    private func standing(_ history: History) async throws -> [Int64?] {
        let standing = try await history.modelStanding()
        return [standing.champion, standing.candidate]
    }

    @Test func `a candidate is kept with its verdict, and every step has its reason and evidence`() async throws {
        let history = try await TestDatabase.migrated().history()
        let id = try await history.register(
            Example.model(), .example("drifted", .drift), verdict: .promoted(.example("no champion", .drift)))
        #expect(try await standing(history) == [id, nil])
        let events = try await history.modelEvents(of: id)
        #expect(events.map(\.kind) == [.registered, .promoted])
        #expect(events.map(\.change) == [.example("drifted", .drift), .example("no champion", .drift)])
    }

    @Test func `a rejected candidate stays one until the next, and the champion serves on`() async throws {
        let history = try await TestDatabase.migrated().history()
        let champion = try await history.store(Example.model(seed: 1))
        let first = try await history.register(
            Example.model(seed: 2), .example("due"), verdict: .rejected(.example("worse")))
        #expect(try await standing(history) == [champion, first])
        #expect(try await history.rejectionsInARow() == 1)
        let second = try await history.register(
            Example.model(seed: 3), .example("due"), verdict: .rejected(.example("worse again")))
        #expect(try await history.candidate()?.id == second)
        #expect(try await kinds(history, first) == [.registered, .rejected, .archived])
        #expect(try await history.rejectionsInARow() == 2)
        try await history.promote(second, .example("I know better", .operator))
        #expect(try await history.rejectionsInARow() == 0)
        #expect(try await standing(history) == [second, nil])
        #expect(try await kinds(history, champion) == [.registered, .promoted, .archived])
    }

    @Test func `a rollback goes back through the champions one by one, with their bytes`() async throws {
        let history = try await TestDatabase.migrated().history()
        var models: [Int64] = []
        for seed in 1...3 {
            var model = Example.model(seed: UInt64(seed))
            model.bytes = [UInt8(seed)]
            models.append(try await history.store(model))
        }
        #expect(try await history.formerChampions() == [models[1], models[0]])
        let one = try await history.rollBack(.example("bad week", .operator))
        #expect(one == (models[2], models[1]))
        #expect(try await history.champion()?.bytes == [2])
        #expect(try await kinds(history, models[2]) == [.registered, .promoted, .rolledBack, .archived])
        #expect(try await kinds(history, models[1]) == [.registered, .promoted, .archived, .restored])
        let two = try await history.rollBack(.example("worse week", .operator))
        #expect(two == (models[1], models[0]))
        let error = await #expect(throws: HistoryError.self) { try await history.rollBack(.example("no", .operator)) }
        #expect(error?.description.contains("first champion") == true)
        #expect(try await history.champion()?.bytes == [1])
    }

    @Test func `a rollback may go further back, but only to a former champion`() async throws {
        let history = try await TestDatabase.migrated().history()
        let first = try await history.store(Example.model(seed: 1))
        _ = try await history.store(Example.model(seed: 2))
        let third = try await history.store(Example.model(seed: 3))
        let shadow = try await history.register(Example.model(seed: 4), .example("due"))
        let error = await #expect(throws: HistoryError.self) {
            try await history.rollBack(to: shadow, .example("no", .operator))
        }
        #expect(error?.description.contains("model \(shadow)") == true)
        #expect(try await history.rollBack(to: first, .example("far", .operator)) == (third, first))
        #expect(try await history.formerChampions() == [])
        #expect(try await history.candidate()?.id == shadow)
    }

    @Test func `what cannot be promoted is named`() async throws {
        let history = try await TestDatabase.migrated().history()
        let id = try await history.store(Example.model())
        for (model, word) in [(id, "already"), (id + 9, "no model")] {
            let error = await #expect(throws: HistoryError.self) {
                try await history.promote(model, .example("again", .operator))
            }
            #expect(error?.description.contains(word) == true)
        }
        #expect(try await history.modelEvents().count == 2)
    }

    @Test func `models that are registered at once leave one candidate and one champion`() async throws {
        let history = try await TestDatabase.migrated().history()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in UInt64(0)..<8 {
                group.addTask {
                    _ = try await history.register(
                        Example.model(seed: seed), .example("due"),
                        verdict: seed % 2 == 0 ? .promoted(.example("better")) : nil)
                }
            }
            try await group.waitForAll()
        }
        let stages = try await history.models().map(\.model.stage)
        #expect(stages.count == 8 && stages.count { $0 == .champion } == 1 && stages.count { $0 == .candidate } <= 1)
    }

    @Test func `a change in a term that is over is refused`() async throws {
        let database = try await TestDatabase.migrated()
        let history = database.history()
        let id = try await history.register(Example.model(), .example("due"))
        await Term.$current.withValue(99) {
            await #expect(throws: HistoryError.deposed(term: 99)) {
                try await history.promote(id, .example("late"))
            }
        }
        #expect(try await history.champion() == nil)
    }
}
