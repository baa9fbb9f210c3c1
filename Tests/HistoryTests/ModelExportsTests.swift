import FoundationEssentials
import History
import TestSupport
import Testing

struct ModelExportsTests {
    @Test func `what was trained here waits until a destination has it, each destination on its own`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.exportBacklog(of: "a") == ExportBacklog(models: 0))
        let first = try await history.store(Example.model(seed: 1))
        let second = try await history.register(Example.model(seed: 2), .example("due"))
        _ = try await history.register(Example.model(seed: 3), .example("from a file", .operator), as: .imported)
        var backlog = try await history.exportBacklog(of: "a")
        #expect(backlog.models == 2 && backlog.next == first)
        #expect(abs(backlog.oldest?.timeIntervalSinceNow ?? -1_000) < 100)
        // One that cannot be sent keeps nobody else waiting.
        #expect(try await history.exportBacklog(of: "a", after: first).next == second)
        #expect(try await history.exportBacklog(of: "a", after: second).next == first)
        for _ in 0..<2 { try await history.exported(first, to: "a", as: "run") }
        backlog = try await history.exportBacklog(of: "a")
        #expect(backlog.models == 1 && backlog.next == second)
        #expect(try await history.exportBacklog(of: "b").models == 2)
        // What has no bytes any more cannot be sent.
        try await history.promote(second, .example("better", .operator))
        try await history.execute("update models set bytes = null where id = $1", [first])
        #expect(try await history.exportBacklog(of: "b").models == 1)
    }

    @Test func `a model is sent as it was kept`() async throws {
        let history = try await TestDatabase.migrated().history()
        let id = try await history.store(Example.model())
        let export = try #require(try await history.modelToExport(id))
        #expect(export.model == (try await history.model(id)) && export.model.bytes == Example.model().bytes)
        #expect(export.bytesChecksum == (try await history.digest(of: export.model.bytes)))
        #expect(try await history.modelToExport(99) == nil)
    }
}
