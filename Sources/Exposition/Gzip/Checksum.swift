/// The CRC-32 of gzip, and its arithmetic on joined texts.
///
/// Sources: RFC 1952, section 8; zlib, `crc32_combine`.
struct Checksum {
    private static let polynomial: UInt32 = 0xedb8_8320

    /// For each of eight positions, what a byte there does to the checksum.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
        }
        for entry in 256..<tables.count {
            let former = tables[entry - 256]
            tables[entry] = former >> 8 ^ tables[Int(former & 0xff)]
        }
        return tables
    }()

    private let tables = Checksum.tables

    /// The checksum of some bytes.
    func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var crc = UInt32.max
            var position = 0
            while position + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let mixed = word ^ UInt64(crc)
                crc =
                    tables[7 * 256 + Int(mixed & 0xff)] ^ tables[6 * 256 + Int(mixed >> 8 & 0xff)]
                    ^ tables[5 * 256 + Int(mixed >> 16 & 0xff)] ^ tables[4 * 256 + Int(mixed >> 24 & 0xff)]
                    ^ tables[3 * 256 + Int(mixed >> 32 & 0xff)] ^ tables[2 * 256 + Int(mixed >> 40 & 0xff)]
                    ^ tables[256 + Int(mixed >> 48 & 0xff)] ^ tables[Int(mixed >> 56)]
                position += 8
            }
            while position < bytes.count {
                crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[position])) & 0xff)]
                position += 1
            }
            return ~crc
        }
    }

    /// What one byte, two, four and so on do to the checksum of what goes before them.
    private static let powers: [UInt32] = {
        var power: UInt32 = 1 << 23
        return (0..<Int.bitWidth).map { _ in
            defer { power = product(power, power) }
            return power
        }
    }()

    /// What a text of this many bytes does to the checksum of what goes before it: `x^(8 * length)`.
    static func shift(_ length: Int) -> UInt32 {
        var result: UInt32 = 1 << 31
        var rest = length
        while rest > 0 {
            result = product(result, powers[rest.trailingZeroBitCount])
            rest &= rest - 1
        }
        return result
    }

    /// The checksum of two texts joined, from theirs and the second one's ``shift(_:)``.
    static func joined(_ first: UInt32, _ second: UInt32, shift: UInt32) -> UInt32 {
        product(first, shift) ^ second
    }

    /// The product of two polynomials over bits, modulo that of the checksum; the highest power is the lowest bit.
    private static func product(_ one: UInt32, _ other: UInt32) -> UInt32 {
        var result: UInt32 = 0
        var one = one
        var other = other
        // Without branches: what the bits are cannot be foreseen.
        for _ in 0..<32 {
            result ^= other & UInt32(bitPattern: Int32(bitPattern: one) >> 31)
            one <<= 1
            other = other >> 1 ^ polynomial & (0 &- (other & 1))
        }
        return result
    }
}
