import FoundationEssentials
import History
import Testing
import TestSupport

/// The drill: back up, destroy, restore, compare.
struct BackupTests {
    private func filled() async throws -> (database: TestDatabase, model: Int64) {
        let database = try await TestDatabase.migrated()
        let history = database.history()
        let away = Example.fixture("Derby", "Leeds", hours: 99)
        _ = try await history.record(Example.ingest(matches: [Example.match()], fixtures: [away]))
        let model = try await history.store(Example.model())
        _ = try await history.store([Example.prediction(model: model, of: away)])
        try await history.record(JobRun(job: "train", startedAt: newYear, finishedAt: newYear))
        await history.close()
        return (database, model)
    }

    private func settings(_ database: TestDatabase) -> DatabaseSettings {
        DatabaseSettings(connectionString: database.connectionString)
    }

    @Test func `a backup restores into a fresh database, equal in every table, with the same champion`() async throws {
        let (source, model) = try await filled()
        try await withTemporaryDirectory { folder in
            let backup = try await Backup.take(settings(source), to: folder)
            #expect(backup.manifest.tables.first { $0.name == "matches" }?.rows == 1)
            #expect(backup.manifest.migrations == Migration.all.map(\.name) && backup.manifest.bytes > 1_000)
            // What happens after the backup is not in it.
            try await source.history().record(JobRun(job: "late", startedAt: newYear, finishedAt: newYear))
            let target = try await TestDatabase.empty()
            try await backup.restore(into: settings(target))
            let history = target.history()
            #expect(try await history.champion()?.id == model)
            #expect(try await history.champion()?.bytes == Example.model().bytes)
            #expect(try await history.value("select count(*) from job_runs") == 1)
            #expect(try await history.migrate() == [])
            // Numbers go on where they were.
            #expect(try await history.store(Example.model()) == model + 1)
        }
    }

    @Test func `a backup is verified on its own server, and says so afterwards`() async throws {
        let (source, _) = try await filled()
        try await withTemporaryDirectory { folder in
            var backup = try await Backup.take(settings(source), to: folder)
            try await backup.verify(on: settings(source))
            try backup.markVerified(at: newYear)
            #expect(Backup.all(in: folder).map(\.manifest.verifiedAt) == [newYear])
        }
    }

    @Test func `a database that is not empty is not restored over`() async throws {
        let (source, _) = try await filled()
        try await withTemporaryDirectory { folder in
            let backup = try await Backup.take(settings(source), to: folder)
            let error = await #expect(throws: HistoryError.self) { try await backup.restore(into: settings(source)) }
            #expect(error?.reason == "backup" && error?.description.contains("fresh") == true)
        }
    }

    @Test func `a copy that differs, and a dump that is damaged, are refused`() async throws {
        let (source, _) = try await filled()
        try await withTemporaryDirectory { folder in
            let backup = try await Backup.take(settings(source), to: folder)
            let manifest = backup.path + "/manifest.json"
            let text = try String(contentsOfFile: manifest, encoding: .utf8)
            let checksum = try #require(backup.manifest.tables.first { $0.name == "models" }?.checksum)
            try text.replacing(checksum, with: "17").write(toFile: manifest, atomically: true, encoding: .utf8)
            let target = try await TestDatabase.empty()
            let differs = await #expect(throws: HistoryError.self) {
                try await Backup(path: backup.path).restore(into: settings(target))
            }
            #expect(differs?.description.contains("models") == true)
            try Data([1, 2, 3]).write(to: URL(filePath: backup.path + "/dump"))
            let other = try await TestDatabase.empty()
            let damaged = await #expect(throws: HistoryError.self) { try await backup.restore(into: settings(other)) }
            #expect(damaged?.reason == "backup")
        }
    }

    @Test func `only the newest backups are kept`() async throws {
        let database = try await TestDatabase.empty()
        try await withTemporaryDirectory { folder in
            for day in 0..<3 {
                let instant = newYear.addingTimeInterval(Double(day) * 86_400)
                _ = try await Backup.take(settings(database), to: folder, at: instant)
            }
            Backup.rotate(in: folder, keep: 2)
            #expect(
                Backup.all(in: folder).map(\.path) == [
                    folder + "/touchline-20240103T000000Z", folder + "/touchline-20240102T000000Z",
                ])
        }
    }
}
