import Clibpq

extension Session {
    /// Runs one statement; values are its parameters and never meet its text.
    @discardableResult
    package func execute(_ sql: String, _ parameters: [(any WireValue)?] = []) throws(HistoryError) -> Rows {
        // One buffer for all values; the extra byte keeps its address real when all of them are empty.
        var buffer: [UInt8] = [0]
        var ranges: [Range<Int>?] = []
        for parameter in parameters {
            let start = buffer.count
            parameter?.append(to: &buffer)
            ranges.append(parameter == nil ? nil : start..<buffer.count)
        }
        let types = parameters.map { value in value.map { type(of: $0).oid } ?? 0 }
        let lengths = ranges.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: parameters.count)
        let result = buffer.withUnsafeBytes { bytes in
            let values = ranges.map { range in
                range.flatMap { bytes.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
            }
            return PQexecParams(pointer, sql, Int32(parameters.count), types, values, lengths, formats, 1)
        }
        return try check(result)
    }

    /// Runs a script of several statements, which can have no parameters: the migrations.
    func execute(script: String) throws(HistoryError) {
        _ = try check(PQexec(pointer, script))
    }

    /// Fills a table from rows whose values are of exactly its columns' types.
    func copy(into table: String, _ rows: some Sequence<[(any WireValue)?]>) throws(HistoryError) {
        try begin(copy: "copy \(table) from stdin (format binary)")
        var buffer = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00]
        buffer.append(bigEndian: Int32(0))
        buffer.append(bigEndian: Int32(0))
        for row in rows {
            buffer.append(bigEndian: Int16(row.count))
            for field in row {
                guard let field else {
                    buffer.append(bigEndian: Int32(-1))
                    continue
                }
                let start = buffer.count
                buffer.append(bigEndian: Int32(0))
                field.append(to: &buffer)
                let length = Int32(buffer.count - start - 4)
                withUnsafeBytes(of: length.bigEndian) { buffer.replaceSubrange(start..<start + 4, with: $0) }
            }
            if buffer.count > 1 << 20 {
                try put(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        buffer.append(bigEndian: Int16(-1))
        try put(buffer)
        guard PQputCopyEnd(pointer, nil) == 1 else { throw .unavailable(lastMessage) }
        try finish()
    }

    private func begin(copy sql: String) throws(HistoryError) {
        let result = PQexecParams(pointer, sql, 0, nil, nil, nil, nil, 1)
        guard PQresultStatus(result) == PGRES_COPY_IN else {
            _ = try check(result)
            throw .unreadable("COPY did not begin")
        }
        PQclear(result)
    }

    private func put(_ bytes: [UInt8]) throws(HistoryError) {
        let sent = bytes.withUnsafeBytes { raw in
            PQputCopyData(pointer, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
        }
        guard sent == 1 else { throw .unavailable(lastMessage) }
    }

    private func finish() throws(HistoryError) {
        var failure: HistoryError?
        while let result = PQgetResult(pointer) {
            do { _ = try check(result) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func check(_ result: OpaquePointer?) throws(HistoryError) -> Rows {
        guard let result else { throw .unavailable(lastMessage) }
        let rows = Rows(owning: result)
        let status = PQresultStatus(result)
        if status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK { return rows }
        throw HistoryError(result: result, fallback: lastMessage)
    }
}

extension HistoryError {
    /// Sorts a failed result by its SQLSTATE; without one the connection was lost.
    fileprivate init(result: OpaquePointer, fallback: String) {
        let message = clibpq_message(result).map { HistoryError.oneLine(String(cString: $0)) } ?? fallback
        guard let state = clibpq_sqlstate(result).map({ String(cString: $0) }) else {
            self = .unavailable(message)
            return
        }
        switch state {
        // Connection lost, too many of them, shutting down, crashed, starting up; a standby after a failover.
        case "57P01", "57P02", "57P03", "53300", "25006": self = .unavailable(message)
        case _ where state.hasPrefix("08"): self = .unavailable(message)
        case "57014", "55P03", "25P03": self = .timeout(message)
        default: self = .rejected(sqlstate: state, message: message)
        }
    }

    /// Joins libpq's lines with blanks.
    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
