import History
import Testing
import TestSupport

struct MigrationsTests {
    private let second = Migration(name: "second", script: "create table extra (a int); create table other (b int);")

    @Test func `migrating twice applies everything once`() async throws {
        let history = try await TestDatabase.empty().history()
        #expect(try await history.schemaVersion().applied == [])
        #expect(try await history.migrate() == Migration.all.map(\.name))
        #expect(try await history.migrate() == [])
        #expect(try await history.schemaVersion().isCurrent)
        #expect(try await history.migrate(Migration.all + [second]) == ["second"])
    }

    @Test func `programs that migrate at once wait for each other`() async throws {
        let database = try await TestDatabase.empty()
        let histories = (0..<4).map { _ in database.history(maximumConnections: 1) }
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for history in histories { group.addTask { try await history.migrate() } }
            var all: [String] = []
            for try await names in group { all += names }
            return all
        }
        #expect(applied == Migration.all.map(\.name))
    }

    @Test func `an applied migration that changed is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        var changed = Migration.all
        changed[0].script += " "
        await #expect(throws: HistoryError.migrationChanged(name: changed[0].name)) {
            try await history.migrate(changed + [second])
        }
        #expect(try await history.value("select to_regclass('extra') is null") == true)
    }

    @Test func `a schema newer than the program is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.migrate(Migration.all + [second])
        await #expect(throws: HistoryError.schemaNewer(migration: "second")) { try await history.migrate() }
        let version = try await history.schemaVersion()
        #expect(!version.isCurrent)
        #expect(version.applied == version.expected + ["second"])
    }

    @Test func `a migration that fails leaves nothing behind`() async throws {
        let history = try await TestDatabase.empty().history()
        let broken = Migration(name: "broken", script: "create table extra (a int); select nonsense;")
        await #expect(throws: HistoryError.self) { try await history.migrate(Migration.all + [broken]) }
        #expect(try await history.schemaVersion().applied == [])
        #expect(try await history.value("select to_regclass('matches') is null") == true)
    }
}
