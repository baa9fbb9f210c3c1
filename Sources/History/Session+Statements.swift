import Clibpq

extension Session {
    /// Runs one statement; values are its parameters and never meet its text.
    @discardableResult
    package func execute(_ sql: String, _ parameters: [(any WireValue)?] = []) throws(HistoryError) -> Rows {
        beginStatement()
        let name = try prepare(sql, Session.types(parameters))
        guard send(sql, parameters, as: name) == 1 else { throw .unavailable(lastMessage) }
        return try check(result())
    }

    /// Hands a statement to libpq; 1 if it took it.
    func send(_ sql: String, _ parameters: [(any WireValue)?], as name: String?) -> Int32 {
        // One buffer for all values; the extra byte keeps its address real when all of them are empty.
        var buffer = WireBuffer(capacity: 512)
        buffer.append(bigEndian: UInt8(0))
        var ranges: [Range<Int>?] = []
        for parameter in parameters {
            let start = buffer.count
            parameter?.append(to: &buffer)
            ranges.append(parameter == nil ? nil : start..<buffer.count)
        }
        return PreparedStatements.send(pointer, sql, as: name, Session.types(parameters), ranges, buffer.bytes)
    }

    /// The types under which values are sent; 0 lets the server choose, for null.
    static func types(_ parameters: [(any WireValue)?]) -> [UInt32] {
        parameters.map { value in value.map { type(of: $0).oid } ?? 0 }
    }

    /// Runs a script of several statements, which can have no parameters: the migrations.
    func execute(script: String) throws(HistoryError) {
        beginStatement()
        guard PQsendQuery(pointer, script) == 1 else { throw .unavailable(lastMessage) }
        _ = try check(result())
    }

    /// The name under which the server has parsed a statement that is asked often; nil for one that is not.
    func prepare(_ sql: String, _ types: [UInt32]) throws(HistoryError) -> String? {
        switch prepared.use(sql, types) {
        case .asTold: return nil
        case .prepared(let name): return name
        case .prepare(let name):
            guard PQsendPrepare(pointer, name, sql, Int32(types.count), types) == 1 else {
                throw .unavailable(lastMessage)
            }
            _ = try check(result())
            prepared.remember(sql, types, as: name)
            return name
        }
    }

    func check(_ result: OpaquePointer?) throws(HistoryError) -> Rows {
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
        case "57014" where Task.isCancelled: self = .cancelled
        case "57014", "55P03", "25P03": self = .timeout(message)
        default: self = .rejected(sqlstate: state, message: message)
        }
    }

    /// Joins libpq's lines with blanks.
    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
