import Football
import FoundationEssentials
import Glibc
import History
import Testing
import TestSupport

/// What waits while PostgreSQL is away, and what becomes of it.
struct SpoolTests {
    private func run(_ number: Int) -> JobRun {
        let at = newYear.addingTimeInterval(Double(number))
        return JobRun(job: "ingest", startedAt: at, finishedAt: at, itemsIn: number)
    }

    private func away(_ spool: Spool) -> History {
        History(DatabaseSettings(connectionString: "host=/nonexistent"), spool: spool)
    }

    @Test func `facts of every kind wait while the server is away, and are then as if they had not`() async throws {
        try await withTemporaryDirectory { folder in
            let direct = try await TestDatabase.migrated().history()
            let fixture = Example.fixture()
            let broken = Example.ingest(
                matches: [Example.match()], fixtures: [Example.fixture("Derby", "Leeds")],
                quarantined: [QuarantinedRow(line: 3, rule: .date, value: "32/13/99", text: "E0,32/13/99\0")])
            let fetch = FetchRecord(
                source: "results", url: "u", at: newYear, outcome: "modified", status: 200, bytes: 7, seconds: 0.125)

            let database = try await TestDatabase.migrated()
            let model = try await database.history().store(Example.model())
            _ = try await direct.store(Example.model())
            let prediction = Example.prediction(model: model, of: fixture)
            let spool = Spool(stateDirectory: folder)
            for history in [away(spool), direct] {
                _ = try await history.record(Example.ingest(fixtures: [fixture]))
                _ = try await history.store([prediction])
                _ = try await history.record(broken)
                try await history.recordFetch(fetch)
                try await history.record(run(1))
            }
            #expect(spool.standing.pending == 5)
            let history = History(DatabaseSettings(connectionString: database.connectionString), spool: spool)
            #expect(try await history.replay() == 5)
            for table in [
                "fixtures", "odds", "matches", "quarantined_rows", "validators", "fetches", "job_runs", "predictions",
            ] {
                let content = "select string_agg(t::text, ';' order by t::text) from \(table) t"
                let kept: String? = try await history.value(content)
                #expect(try kept == (await direct.value(content)), "\(table)")
                #expect(kept != nil, "\(table)")
            }
        }
    }

    @Test func `two processes do not share a spool`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            try await spool.open()
            let error = await #expect(throws: HistoryError.self) { try await Spool(stateDirectory: folder).open() }
            #expect(error?.reason == "spool")
        }
    }

    @Test func `a spool outlives its process, and is replayed in order`() async throws {
        try await withTemporaryDirectory { folder in
            try await fill(folder, with: 1...20)
            let spool = Spool(stateDirectory: folder)
            try await spool.open()
            #expect(spool.standing.pending == 20)
            #expect(spool.standing.oldest != nil)
            let history = try await History(
                DatabaseSettings(connectionString: TestDatabase.migrated().connectionString), spool: spool)
            #expect(try await history.replay() == 20)
            #expect(spool.standing.pending == 0 && spool.standing.oldest == nil)
            let order: String? = try await history.value(
                "select string_agg(items_in::text, ' ' order by id) from job_runs")
            #expect(order == (1...20).map(String.init).joined(separator: " "))
            #expect(try await history.replay() == 0)
        }
    }

    @Test func `a replay that died in its middle doubles nothing`() async throws {
        try await withTemporaryDirectory { folder in
            try await fill(folder, with: 1...10)
            let saved = try Data(contentsOf: URL(filePath: folder + "/spool"))
            let database = try await TestDatabase.migrated()
            let settings = DatabaseSettings(connectionString: database.connectionString)
            try await replayed(folder, settings)
            // As a process that died before it could shorten the file would leave it.
            try saved.write(to: URL(filePath: folder + "/spool"))
            try await replayed(folder, settings)
            #expect(try await database.history().value("select count(*) from job_runs") == 10)
        }
    }

    @Test func `a record that was cut or damaged is put aside, and those before it are kept`() async throws {
        try await withTemporaryDirectory { folder in
            try await fill(folder, with: 1...3)
            let file = folder + "/spool"
            var bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
            bytes[bytes.count - 5] ^= 0x40
            try Data(bytes).write(to: URL(filePath: file))
            let spool = Spool(stateDirectory: folder)
            try await spool.open()
            #expect(spool.standing.pending == 2)
            #expect(spool.standing.damagedBytes > 100)
            #expect(FileManager.default.fileExists(atPath: file + ".damaged"))
        }
        try await withTemporaryDirectory { folder in
            try await fill(folder, with: 1...3)
            truncate(folder + "/spool", off_t(try Data(contentsOf: URL(filePath: folder + "/spool")).count - 1))
            let spool = Spool(stateDirectory: folder)
            try await spool.open()
            #expect(spool.standing.pending == 2)
        }
    }

    @Test func `a full spool refuses loudly, and keeps what it has`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder, maximumBytes: 1_000)
            let history = away(spool)
            var kept = 0
            let error = await #expect(throws: HistoryError.self) {
                for number in 1...100 {
                    try await history.record(run(number))
                    kept = number
                }
            }
            #expect(error == .spoolFull(bytes: 1_000))
            #expect(kept > 1 && spool.standing.pending == kept && spool.standing.bytes <= 1_000)
        }
    }

    @Test func `a fact that the database refuses for good is set aside, and the next ones go on`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            let away = away(spool)
            _ = try await away.store([Example.prediction(model: 99)])
            try await away.record(run(1))
            await away.close()
            let history = try await History(
                DatabaseSettings(connectionString: TestDatabase.migrated().connectionString), spool: spool)
            #expect(try await history.replay() == 1)
            #expect(spool.standing.refused == 1 && spool.standing.pending == 0)
            let aside = try String(contentsOfFile: folder + "/spool.refused", encoding: .utf8)
            #expect(aside.contains("predictions") && aside.hasSuffix("\n"))
        }
    }

    @Test func `while facts wait, later ones wait behind them`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            try await away(spool).record(run(1))
            let history = try await History(
                DatabaseSettings(connectionString: TestDatabase.migrated().connectionString), spool: spool)
            try await history.record(run(2))
            #expect(spool.standing.pending == 2)
            #expect(try await history.replay() == 2)
            try await history.record(run(3))
            #expect(spool.standing.pending == 0)
            #expect(try await history.value("select count(*) from job_runs") == 3)
        }
    }

    @Test func `an ingest that waited does not undo a later one of its address`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            _ = try await away(spool).record(Example.ingest(fixtures: [Example.fixture(hours: 39)]))
            let database = try await TestDatabase.migrated()
            var later = Example.ingest(fixtures: [Example.fixture(hours: 41)])
            later.at = newYear.addingTimeInterval(60)
            _ = try await database.history().record(later)
            let history = History(DatabaseSettings(connectionString: database.connectionString), spool: spool)
            #expect(try await history.replay() == 1)
            let kickOffs = try await history.fixtures(after: newYear).map(\.kickOff)
            #expect(kickOffs == [newYear.addingTimeInterval(41 * 3600)])
        }
    }

    @Test func `many who wait at once are all on the disk`() async throws {
        try await withTemporaryDirectory { folder in
            let spool = Spool(stateDirectory: folder)
            let history = away(spool)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 { group.addTask { try await history.record(run(number)) } }
                try await group.waitForAll()
            }
            #expect(spool.standing.pending == 200)
        }
    }

    private func fill(_ folder: String, with numbers: ClosedRange<Int>) async throws {
        let history = away(Spool(stateDirectory: folder))
        for number in numbers { try await history.record(run(number)) }
        await history.close()
    }

    private func replayed(_ folder: String, _ settings: DatabaseSettings) async throws {
        let history = History(settings, spool: Spool(stateDirectory: folder))
        #expect(try await history.replay() == 10)
        await history.close()
    }
}
