/// Protocol buffers' wire format. Source: protobuf.dev, "Encoding".
extension ByteCursor {
    /// Writes a whole number in base 128.
    @inline(__always)
    mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            write(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        write(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes a field that holds a whole number.
    mutating func writeField(_ number: UInt64, varint value: UInt64) {
        writeVarint(number << 3)
        writeVarint(value)
    }

    /// Writes a field that holds a signed number of which small ones are likely.
    mutating func writeField(_ number: UInt64, zigzag value: Int64) {
        writeField(number, varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Writes a field that holds a double, given by its bits.
    @inline(__always)
    mutating func writeField(_ number: UInt64, bits: UInt64) {
        writeVarint(number << 3 | 1)
        guard let place = reserve(8) else { return }
        place.storeBytes(of: bits.littleEndian, as: UInt64.self)
    }

    /// Writes a field that holds a text.
    mutating func writeField(_ number: UInt64, _ text: String) {
        writeVarint(number << 3 | 2)
        writeVarint(UInt64(text.utf8.count))
        write(text)
    }

    /// Writes a field that holds a message.
    @inline(__always)
    mutating func writeField(_ number: UInt64, message: (inout ByteCursor) -> Void) {
        writeVarint(number << 3 | 2)
        writeDelimited(message)
    }

    /// Writes a message after its length.
    @inline(__always)
    mutating func writeDelimited(_ message: (inout ByteCursor) -> Void) {
        // Most messages are shorter than 128 bytes; longer ones move to make room for their length.
        let start = count
        write(0 as UInt8)
        message(&self)
        let length = count - start - 1
        var digits = 1
        while length >> (7 * digits) > 0 { digits += 1 }
        guard reserve(digits - 1) != nil, !isOverfull else { return }
        move(start + 1..<start + 1 + length, by: digits - 1)
        let end = count
        rewind(to: start)
        writeVarint(UInt64(length))
        rewind(to: end)
    }
}
