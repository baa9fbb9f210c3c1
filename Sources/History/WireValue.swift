import Clibpq
package import Football
package import FoundationEssentials

/// A Swift value in PostgreSQL's binary format: a statement's parameter, a field of COPY, or a column that was read.
package protocol WireValue: Sendable {
    /// The type's number in `pg_type`, under which the value is sent.
    static var oid: UInt32 { get }
    /// Reads a column of one of the types that fit; nil if it cannot be read.
    init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32)
    /// Appends the value without its length.
    func append(to buffer: inout WireBuffer)
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
        count == MemoryLayout<Number>.size ? Number(bigEndian: loadUnaligned(as: Number.self)) : nil
    }
}

extension Int64: WireValue {
    package static var oid: UInt32 { 20 }

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        switch oid {
        case 20: guard let number = bytes.bigEndian(Int64.self) else { return nil }; self = number
        case 21: guard let number = bytes.bigEndian(Int16.self) else { return nil }; self.init(number)
        case 23: guard let number = bytes.bigEndian(Int32.self) else { return nil }; self.init(number)
        default: return nil
        }
    }

    package func append(to buffer: inout WireBuffer) { buffer.append(bigEndian: self) }
}

extension Int: WireValue {
    package static var oid: UInt32 { Int64.oid }

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard let number = Int64(wire: bytes, oid: oid) else { return nil }
        self.init(number)
    }

    package func append(to buffer: inout WireBuffer) { Int64(self).append(to: &buffer) }
}

extension Double: WireValue {
    package static var oid: UInt32 { 701 }

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard oid == 701, let bits = bytes.bigEndian(UInt64.self) else { return nil }
        self.init(bitPattern: bits)
    }

    package func append(to buffer: inout WireBuffer) { buffer.append(bigEndian: bitPattern) }
}

extension Bool: WireValue {
    package static var oid: UInt32 { 16 }

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard oid == 16, let byte = bytes.bigEndian(UInt8.self) else { return nil }
        self = byte != 0
    }

    package func append(to buffer: inout WireBuffer) { buffer.append(bigEndian: UInt8(self ? 1 : 0)) }
}

extension String: WireValue {
    package static var oid: UInt32 { 25 }

    /// Reads text, names and JSON, whose binary format is their text.
    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard [25, 1043, 19, 114].contains(oid) else { return nil }
        self.init(decoding: bytes, as: UTF8.self)
    }

    package func append(to buffer: inout WireBuffer) {
        let isContiguous: Void? = utf8.withContiguousStorageIfAvailable {
            buffer.append(contentsOf: UnsafeRawBufferPointer($0))
        }
        if isContiguous == nil { for byte in utf8 { buffer.append(bigEndian: byte) } }
    }
}

extension [UInt8]: WireValue {
    package static var oid: UInt32 { 17 }

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard oid == 17 else { return nil }
        self.init(bytes)
    }

    package func append(to buffer: inout WireBuffer) { withUnsafeBytes { buffer.append(contentsOf: $0) } }
}

extension Day: WireValue {
    package static var oid: UInt32 { 1082 }
    /// PostgreSQL counts from 2000-01-01.
    private static let epoch: Int32 = 10_957

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard oid == 1082, let number = bytes.bigEndian(Int32.self), abs(Int64(number)) < 4_000_000 else { return nil }
        self.init(number: number + Day.epoch)
    }

    package func append(to buffer: inout WireBuffer) { buffer.append(bigEndian: number &- Day.epoch) }
}

extension Date: WireValue {
    package static var oid: UInt32 { 1184 }
    /// PostgreSQL counts from 2000-01-01; this is its Unix time.
    private static let epoch = 946_684_800.0

    package init?(wire bytes: UnsafeRawBufferPointer, oid: UInt32) {
        guard oid == 1184, let microseconds = bytes.bigEndian(Int64.self) else { return nil }
        self.init(timeIntervalSince1970: Double(microseconds) / 1e6 + Date.epoch)
    }

    package func append(to buffer: inout WireBuffer) { buffer.append(bigEndian: wireMicroseconds) }

    /// Whole microseconds, as PostgreSQL keeps them; what is beyond its years becomes its `infinity`.
    var wireMicroseconds: Int64 {
        let microseconds = ((timeIntervalSince1970 - Date.epoch) * 1e6).rounded()
        return Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    }
}
