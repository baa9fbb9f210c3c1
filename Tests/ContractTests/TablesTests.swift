import History
import Testing
import TestSupport

/// The page that says what is kept in PostgreSQL, beside the schema that the migrations leave.
struct TablesTests {
    private struct Row {
        let table: String
        let file: String
        let columns: [String]
    }

    private static let page = "Sources/Agent/Agent.docc/Tables.md"

    /// The page's rows: table, a row is, written by, in, kept, columns.
    private func rows() throws -> [Row] {
        try Repository.text(Self.page).split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ").trimmingSuffix(" ") }
            try #require(cells.count == 6 && cells.allSatisfy { !$0.isEmpty }, "\(line)")
            let columns = cells[5].split(separator: ", ").map { String($0.filter { $0 != "`" }) }
            return Row(table: cells[0].filter { $0 != "`" }, file: cells[3].filter { $0 != "`" }, columns: columns)
        }
    }

    @Test func `every table is on it with every column, and nothing else is`() async throws {
        let history = try await TestDatabase.migrated().history()
        let schema = try await history.run { session throws(HistoryError) in
            try session.execute(
                """
                select table_name::text, string_agg(column_name::text, ', ' order by ordinal_position)
                from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where table_schema = current_schema() and table_type = 'BASE TABLE' and not exists (
                    select from pg_inherits where inhrelid = format('%I', table_name)::regclass
                )
                group by 1 order by 1
                """
            ).map { row throws(HistoryError) in (try row.next(String.self), try row.next(String.self)) }
        }
        let rows = try rows()
        #expect(rows.map(\.table) == schema.map(\.0))
        for (row, (table, columns)) in zip(rows, schema) where row.table == table {
            #expect(row.columns.joined(separator: ", ") == columns, "\(table)")
        }
    }

    @Test func `the file that is said to write a table does`() throws {
        let folders = ["", "/Registry", "/Spool", "/Leadership"].map { "Sources/History" + $0 }
        let files = try folders.flatMap { try Repository.files($0, ending: ".swift") }
        for row in try rows() {
            let file = try #require(files.first { $0.hasSuffix("/\(row.file)") }, "\(row.file)")
            let text = try Repository.text(file)
            let writes = ["insert into \(row.table)", "copy(into: \"\(row.table)\""].contains { text.contains($0) }
            #expect(writes, "\(row.file): \(row.table)")
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return String(text)
    }
}
