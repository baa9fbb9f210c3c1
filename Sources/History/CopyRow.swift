/// One row of a binary COPY that the server sends, whose fields are read from left to right.
package struct CopyRow {
    private let bytes: UnsafeRawBufferPointer
    private var offset: Int
    /// How many fields it has; -1 after the last row.
    package private(set) var columns = 0

    private static let headerLength = 19

    init(_ bytes: UnsafeRawBufferPointer, afterHeader: Bool) throws(HistoryError) {
        self.bytes = bytes
        offset = afterHeader ? CopyRow.headerLength : 0
        columns = Int(try number(Int16.self))
    }

    /// Reads the next field, which may be null; `oid` is the column's type in `pg_type`, which COPY does not name.
    package mutating func optional<Value: WireValue>(
        _: Value.Type = Value.self,
        oid: UInt32 = Value.oid
    ) throws(HistoryError) -> Value? {
        let length = Int(try number(Int32.self))
        if length == -1 { return nil }
        guard length >= 0, offset + length <= bytes.count else { throw .unreadable("a field of COPY") }
        defer { offset += length }
        guard let value = Value(wire: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]), oid: oid)
        else { throw .unreadable("a field of COPY of type \(oid) is no \(Value.self)") }
        return value
    }

    /// Reads the next field, which is not null.
    package mutating func next<Value: WireValue>(
        _: Value.Type = Value.self,
        oid: UInt32 = Value.oid
    ) throws(HistoryError) -> Value {
        guard let value = try optional(Value.self, oid: oid) else { throw .unreadable("a field of COPY is null") }
        return value
    }

    private mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws(HistoryError) -> Number {
        let size = MemoryLayout<Number>.size
        guard offset + size <= bytes.count else { throw .unreadable("a row of COPY is cut") }
        defer { offset += size }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
