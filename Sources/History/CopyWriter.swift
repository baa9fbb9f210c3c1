/// Writes the rows of a binary COPY, and sends them as they fill a buffer.
///
/// A row is begun with its number of fields, and then has each appended from left to right.
package struct CopyWriter: ~Copyable {
    /// What is sent at once: enough to keep the server busy while the next is written.
    private static let portion = 1 << 16
    private let session: Session
    @usableFromInline var buffer = WireBuffer(capacity: portion * 2)

    init(session: Session) {
        self.session = session
        for byte in Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] { buffer.append(bigEndian: byte) }
        buffer.append(bigEndian: Int32(0))
        buffer.append(bigEndian: Int32(0))
    }

    /// Begins a row of so many fields.
    package mutating func beginRow(_ fields: Int) throws(HistoryError) {
        if buffer.count >= CopyWriter.portion { try send() }
        buffer.append(bigEndian: Int16(fields))
    }

    /// Appends a field; nil is null.
    @inlinable
    package mutating func append<Value: WireValue>(_ value: Value?) {
        guard let value else { return buffer.append(bigEndian: Int32(-1)) }
        let start = buffer.count
        buffer.append(bigEndian: Int32(0))
        value.append(to: &buffer)
        buffer.set(bigEndian: Int32(buffer.count - start - 4), at: start)
    }

    /// Appends a field of any type.
    static func append(_ value: (any WireValue)?, to writer: inout CopyWriter) {
        guard let value else { return writer.append(Int64?.none) }
        func append(_ value: some WireValue) { writer.append(value) }
        append(value)
    }

    /// Sends what is left, and the end of the rows.
    mutating func finish() throws(HistoryError) {
        buffer.append(bigEndian: Int16(-1))
        try send()
    }

    private mutating func send() throws(HistoryError) {
        try session.put(buffer.bytes)
        buffer.removeAll()
    }
}
