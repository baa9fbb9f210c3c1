import Clibpq

/// What a statement answered: rows in binary format, freed with this value.
package struct Rows: ~Copyable {
    private let result: OpaquePointer

    /// Takes over a successful result.
    init(owning result: OpaquePointer) {
        self.result = result
    }

    deinit { PQclear(result) }

    /// How many rows there are.
    package var count: Int { Int(PQntuples(result)) }

    /// How many rows the statement changed; 0 for one that changes none.
    package var changed: Int {
        PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// Reads every row.
    package func map<Value>(
        _ read: (inout Row) throws(HistoryError) -> Value
    ) throws(HistoryError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<PQntuples(result) {
            var row = Row(result: result, index: index)
            values.append(try read(&row))
        }
        return values
    }

    /// Reads the first row; nil if there is none.
    package func first<Value>(
        _ read: (inout Row) throws(HistoryError) -> Value
    ) throws(HistoryError) -> Value? {
        guard count > 0 else { return nil }
        var row = Row(result: result, index: 0)
        return try read(&row)
    }
}

/// One row, whose columns are read from left to right.
package struct Row {
    fileprivate let result: OpaquePointer
    fileprivate let index: Int32
    private var column: Int32 = 0

    fileprivate init(result: OpaquePointer, index: Int32) {
        self.result = result
        self.index = index
    }

    /// Reads the next column, which may be null.
    package mutating func optional<Value: WireValue>(
        _: Value.Type = Value.self
    ) throws(HistoryError) -> Value? {
        defer { column += 1 }
        guard PQgetisnull(result, index, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, index, column), count: Int(PQgetlength(result, index, column)))
        let oid = PQftype(result, column)
        guard let value = Value(wire: bytes, oid: oid) else {
            throw .unreadable("column \(name) of type \(oid) is no \(Value.self)")
        }
        return value
    }

    /// Reads the next column, which is not null.
    package mutating func next<Value: WireValue>(_: Value.Type = Value.self) throws(HistoryError) -> Value {
        let name = name
        guard let value = try optional(Value.self) else { throw .unreadable("column \(name) is null") }
        return value
    }

    private var name: String {
        PQfname(result, column).map { String(cString: $0) } ?? "\(column)"
    }
}
