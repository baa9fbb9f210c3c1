import Clibpq

extension Session {
    /// Fills a table from rows whose values are of exactly its columns' types.
    func copy(into table: String, _ rows: some Sequence<[(any WireValue)?]>) throws(HistoryError) {
        try copy(into: table) { writer throws(HistoryError) in
            for row in rows {
                try writer.beginRow(row.count)
                for field in row { writer.append(any: field) }
            }
        }
    }

    /// Fills a table, or some of its columns as `table (a, b)`, from rows that the body writes.
    package func copy(
        into table: String,
        _ write: (inout CopyWriter) throws(HistoryError) -> Void
    ) throws(HistoryError) {
        try begin("copy \(table) from stdin (format binary)", expecting: PGRES_COPY_IN)
        do {
            var writer = CopyWriter(session: self)
            try write(&writer)
            try writer.finish()
        } catch {
            // The server rolls the statement back; what it says then is about this and no news.
            if !isBroken, PQputCopyEnd(pointer, "given up") == 1 { _ = try? check(result()) }
            throw error
        }
        guard PQputCopyEnd(pointer, nil) == 1 else { throw .unavailable(lastMessage) }
        beginStatement()
        _ = try check(result())
    }

    /// Reads a table, or a query in parentheses, row by row; the rows are in the order in which the server sends them.
    package func copy(
        from source: String,
        _ read: (inout CopyRow) throws(HistoryError) -> Void
    ) throws(HistoryError) {
        try begin("copy \(source) to stdout (format binary)", expecting: PGRES_COPY_OUT)
        var failure: HistoryError?
        var isFirst = true
        while let message = try message() {
            defer { PQfreemem(message.baseAddress) }
            guard failure == nil else { continue }
            do throws(HistoryError) {
                var row = try CopyRow(UnsafeRawBufferPointer(message), afterHeader: isFirst)
                isFirst = false
                if row.columns >= 0 { try read(&row) }
            } catch {
                // The rest has to be read before the connection can be used again.
                failure = error
            }
        }
        _ = try check(result())
        if let failure { throw failure }
    }

    /// Sends bytes of a COPY once those before them are sent, so that the next are written while these are on their way.
    func put(_ bytes: UnsafeRawBufferPointer) throws(HistoryError) {
        beginStatement()
        try flush()
        guard PQputCopyData(pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)) == 1
        else { throw .unavailable(lastMessage) }
    }

    private func begin(_ sql: String, expecting status: ExecStatusType) throws(HistoryError) {
        beginStatement()
        guard PQsendQueryParams(pointer, sql, 0, nil, nil, nil, nil, 1) == 1 else { throw .unavailable(lastMessage) }
        let begun = try result()
        guard let begun, PQresultStatus(begun) == status else {
            _ = try check(begun)
            throw .unreadable("COPY did not begin")
        }
        PQclear(begun)
    }

    /// The next message of a COPY, to be freed; nil after the last.
    private func message() throws(HistoryError) -> UnsafeMutableRawBufferPointer? {
        beginStatement()
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(pointer, &buffer, 1)
            if count > 0 { return UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)) }
            if count == -1 { return nil }
            guard count == 0 else { throw .unavailable(lastMessage) }
            var isWaiting = true
            try read(until: {
                defer { isWaiting = false }
                return !isWaiting
            })
        }
    }
}
