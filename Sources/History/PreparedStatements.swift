import Clibpq

/// Which statements a connection has had the server parse; at most so many, and only what is asked more than once.
struct PreparedStatements {
    /// How to run a statement.
    enum Way: Equatable {
        /// With its text.
        case asTold
        /// Under a name, once the server was given its text.
        case prepare(String)
        /// Under the name that it has.
        case prepared(String)
    }

    private struct Key: Hashable {
        let sql: String
        let types: [UInt32]
    }

    private static let limit = 128
    private static let verbs = ["select", "insert", "update", "delete", "with"]
    private var uses: [Key: Int] = [:]
    private var names: [Key: String] = [:]

    /// Counts a use of a statement, and says how to run it.
    mutating func use(_ sql: String, _ types: [UInt32]) -> Way {
        let key = Key(sql: sql, types: types)
        if let name = names[key] { return .prepared(name) }
        guard names.count < PreparedStatements.limit, PreparedStatements.verbs.contains(where: sql.hasPrefix) else {
            return .asTold
        }
        // What is only asked now and then would be counted for ever.
        if uses.count > 8 * PreparedStatements.limit { uses = [:] }
        uses[key, default: 0] += 1
        return uses[key, default: 0] < 3 ? .asTold : .prepare("statement_\(names.count + 1)")
    }

    /// Notes that the server knows a statement by a name.
    mutating func remember(_ sql: String, _ types: [UInt32], as name: String) {
        names[Key(sql: sql, types: types)] = name
    }

    /// Sends a statement with its parameters, all in binary format; each is a range of `bytes`, or null.
    static func send(
        _ connection: OpaquePointer, _ sql: String, as name: String?, _ types: [UInt32], _ ranges: [Range<Int>?],
        _ bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        let count = Int32(ranges.count)
        let values = ranges.map { range in
            range.flatMap { bytes.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
        }
        let lengths = ranges.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: ranges.count)
        if let name { return PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1) }
        return PQsendQueryParams(connection, sql, count, types, values, lengths, formats, 1)
    }
}
