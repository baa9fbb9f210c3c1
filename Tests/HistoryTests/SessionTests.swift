import Football
import FoundationEssentials
import History
import Testing
import TestSupport

/// What a connection does besides single statements.
struct SessionTests {
    @Test func `rows go in and come out by COPY as they were`() async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        try await history.execute(
            "create table t (a bigint, b text, c double precision, d boolean, e timestamptz, f date, g bytea)")
        let count = 20_000
        let read = try await history.run { session throws(HistoryError) in
            try session.copy(into: "t") { writer throws(HistoryError) in
                for index in 0..<count {
                    try writer.beginRow(7)
                    writer.append(index)
                    writer.append(index % 3 == 0 ? nil : "row \(index), é")
                    writer.append(Double(index) / 7)
                    writer.append(index % 2 == 0)
                    writer.append(newYear.addingTimeInterval(Double(index)))
                    writer.append(Example.season.firstDay.advanced(by: index % 300))
                    writer.append([UInt8(index % 256)])
                }
            }
            var sum = 0
            var wrong = 0
            try session.copy(from: "(select * from t order by a)") { row throws(HistoryError) in
                let index = try row.next(Int.self)
                let text = try row.optional(String.self)
                let number = try row.next(Double.self)
                let even = try row.next(Bool.self)
                let instant = try row.next(Date.self)
                _ = try row.next(Day.self)
                let bytes = try row.next([UInt8].self)
                sum += index
                if text != (index % 3 == 0 ? nil : "row \(index), é") || number != Double(index) / 7
                    || even != (index % 2 == 0) || instant != newYear.addingTimeInterval(Double(index))
                    || bytes != [UInt8(index % 256)]
                {
                    wrong += 1
                }
            }
            return (sum, wrong)
        }
        #expect(read == (count * (count - 1) / 2, 0))
    }

    @Test func `a COPY that fails on either side leaves the connection usable`() async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        try await history.execute("create table t (a bigint check (a < 5))")
        let refused = await #expect(throws: HistoryError.self) {
            try await history.run { session throws(HistoryError) in
                try session.copy(into: "t") { writer throws(HistoryError) in
                    for index in 0..<10 {
                        try writer.beginRow(1)
                        writer.append(index)
                    }
                }
            }
        }
        #expect(refused?.reason == "rejected")
        let givenUp = await #expect(throws: HistoryError.self) {
            try await history.run { session throws(HistoryError) in
                try session.copy(into: "t") { writer throws(HistoryError) in throw .unreadable("my own") }
            }
        }
        #expect(givenUp == .unreadable("my own"))
        let unread = await #expect(throws: HistoryError.self) {
            try await history.run { session throws(HistoryError) in
                try session.copy(from: "(select generate_series(1, 1000)::bigint)") { row throws(HistoryError) in
                    throw .unreadable("enough")
                }
            }
        }
        #expect(unread == .unreadable("enough"))
        #expect(try await history.value("select count(*) from t") == 0)
    }

    @Test func `a statement asked often is parsed once, and survives a change of its tables`() async throws {
        let history = try await TestDatabase.empty().history(maximumConnections: 1)
        try await history.execute("create table t (a bigint)")
        for value in 0..<10 { try await history.execute("insert into t values ($1)", [value]) }
        let prepared = "select count(*) from pg_prepared_statements where statement = 'insert into t values ($1)'"
        #expect(try await history.value(prepared) == 1)
        try await history.execute("drop table t")
        try await history.execute("create table t (a bigint)")
        try await history.execute("insert into t values ($1)", [11])
        #expect(try await history.value("select sum(a)::bigint from t") == 11)
    }

    @Test func `a cancelled task has its statement stopped at the server`() async throws {
        let database = try await TestDatabase.empty()
        let history = database.history(maximumConnections: 1)
        let pid: Int? = try await history.value("select pg_backend_pid()")
        let sleeping = Task { try await history.execute("select pg_sleep(600)") }
        let observer = database.history()
        let state = "select count(*) from pg_stat_activity where pid = $1 and state = 'active'"
        while try await observer.value(state, [pid]) != 1 {}
        sleeping.cancel()
        let error = await #expect(throws: HistoryError.self) { try await sleeping.value }
        #expect(error == .cancelled)
        #expect(try await history.value("select pg_backend_pid()") == pid)
    }

    @Test func `who waits for a connection too long is told so, in turn`() async throws {
        let database = try await TestDatabase.empty()
        let history = History(
            DatabaseSettings(
                connectionString: database.connectionString, maximumConnections: 1, poolTimeout: .milliseconds(200)))
        async let slow: Void = history.execute("select pg_sleep(1)")
        while await history.poolUse.lent == 0 { await Task.yield() }
        let error = await #expect(throws: HistoryError.self) { try await history.ping() }
        #expect(error?.reason == "timeout")
        try await slow
        try await history.ping()
        #expect(await history.poolUse == (0, 0))
    }
}
