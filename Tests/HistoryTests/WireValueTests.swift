import Football
import FoundationEssentials
import History
import Testing
import TestSupport

struct WireValueTests {
    private func echoed<Value: WireValue & Equatable>(_ value: Value, as type: String) async throws -> Value? {
        try await TestDatabase.empty().history().value("select $1::\(type)", [value])
    }

    @Test func `days and instants are those that PostgreSQL means`() async throws {
        let history = try await TestDatabase.empty().history()
        let day = Day(iso: "2024-02-29")
        #expect(try await history.value("select $1::text", [day]) == "2024-02-29")
        #expect(try await history.value("select date '1996-03-31'") == Day(iso: "1996-03-31"))
        let instant = Date(timeIntervalSince1970: 1_700_000_000.123456)
        let text = "select to_char($1 at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        #expect(try await history.value(text, [instant]) == "2023-11-14 22:13:20.123456")
        #expect(
            try await history.value("select timestamptz '1999-12-31 23:59:59Z'")
                == Date(timeIntervalSince1970: 946_684_799))
    }

    @Test(arguments: [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: -1e300)])
    func `an instant beyond PostgreSQL's years is an error or infinity, never a trap`(instant: Date) async throws {
        let history = try await TestDatabase.empty().history()
        _ = try? await history.execute("select $1::timestamptz", [instant])
        try await history.ping()
    }

    @Test func `numbers keep every bit`() async throws {
        for number in [0.1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity] {
            #expect(try await echoed(number, as: "float8") == number)
        }
        for number in [Int64.min, -1, 0, .max] { #expect(try await echoed(number, as: "bigint") == number) }
        #expect(try await echoed([UInt8](0...255), as: "bytea") == [UInt8](0...255))
        #expect(try await echoed([UInt8](), as: "bytea") == [])
        #expect(try await echoed("naïve ⚽", as: "text") == "naïve ⚽")
    }

    @Test func `a column of another type than asked for is unreadable`() async throws {
        let history = try await TestDatabase.empty().history()
        let error = await #expect(throws: HistoryError.self) {
            let _: Int? = try await history.value("select 'x'::text as word")
        }
        #expect(error?.description.contains("column word") == true)
    }
}
