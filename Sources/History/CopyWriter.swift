package import Football
package import FoundationEssentials

/// Writes the rows of a binary COPY, and sends them as they fill a buffer.
///
/// A row is begun with its number of fields, and then has each appended from left to right; nil is null.
package struct CopyWriter: ~Copyable {
    /// What is sent at once: with the five bytes that libpq puts before it, a multiple of the 8 KiB that it hands on.
    private static let portion = 8 * 8192 - 5
    private let session: Session
    private var buffer = WireBuffer(capacity: 2 * portion)

    init(session: Session) {
        self.session = session
        for byte in Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] { buffer.append(bigEndian: byte) }
        buffer.append(bigEndian: Int32(0))
        buffer.append(bigEndian: Int32(0))
    }

    /// Begins a row of so many fields.
    package mutating func beginRow(_ fields: Int) throws(HistoryError) {
        while buffer.count >= CopyWriter.portion {
            try session.put(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<CopyWriter.portion]))
            buffer.removeFirst(CopyWriter.portion)
        }
        buffer.append(bigEndian: Int16(fields))
    }

    /// Sends what is left, and the end of the rows.
    mutating func finish() throws(HistoryError) {
        buffer.append(bigEndian: Int16(-1))
        try session.put(buffer.bytes)
        buffer.removeFirst(buffer.count)
    }

    /// Appends null.
    package mutating func appendNull() { buffer.append(bigEndian: Int32(-1)) }

    /// Appends a field of any type.
    mutating func append(any value: (any WireValue)?) {
        guard let value else { return appendNull() }
        let start = buffer.count
        buffer.append(bigEndian: Int32(0))
        value.append(to: &buffer)
        buffer.set(bigEndian: Int32(buffer.count - start - 4), at: start)
    }
}

// One function a type rather than a generic one, which Swift would not specialize for other modules: its metadata cost
// ten times what the bytes do.
extension CopyWriter {
    /// Appends a `bigint`.
    package mutating func append(_ value: Int?) {
        guard let value else { return appendNull() }
        buffer.append(field: UInt64(bitPattern: Int64(value)))
    }

    /// Appends a `bigint`.
    package mutating func append(_ value: Int64?) {
        guard let value else { return appendNull() }
        buffer.append(field: UInt64(bitPattern: value))
    }

    /// Appends a `double precision`.
    package mutating func append(_ value: Double?) {
        guard let value else { return appendNull() }
        buffer.append(field: value.bitPattern)
    }

    /// Appends a `timestamptz`.
    package mutating func append(_ value: Date?) {
        guard let value else { return appendNull() }
        buffer.append(field: UInt64(bitPattern: value.wireMicroseconds))
    }

    /// Appends a `boolean`.
    package mutating func append(_ value: Bool?) {
        guard let value else { return appendNull() }
        buffer.append(bigEndian: Int32(1))
        buffer.append(bigEndian: UInt8(value ? 1 : 0))
    }

    /// Appends a `text`.
    package mutating func append(_ value: String?) {
        guard let value else { return appendNull() }
        buffer.append(bigEndian: Int32(value.utf8.count))
        value.append(to: &buffer)
    }

    /// Appends a `date`.
    package mutating func append(_ value: Day?) { append(any: value) }

    /// Appends a `bytea`.
    package mutating func append(_ value: [UInt8]?) { append(any: value) }
}
