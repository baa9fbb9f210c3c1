/// The CRC-32 of gzip.
///
/// A value of this type holds the tables of the arithmetic: who computes many checksums keeps one, and so need not ask
/// each time whether the tables have been made.
///
/// Source: RFC 1952, section 8.
struct Checksum: Sendable {
    private let tables = Tables.shared

    /// The checksum of some bytes that follow others.
    func of(_ bytes: UnsafeRawBufferPointer, after former: UInt32 = 0) -> UInt32 {
        var crc = ~former
        var position = 0
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let mixed = word ^ UInt64(crc)
            crc =
                tables.bytes[7 * 256 + Int(mixed & 0xff)] ^ tables.bytes[6 * 256 + Int(mixed >> 8 & 0xff)]
                ^ tables.bytes[5 * 256 + Int(mixed >> 16 & 0xff)] ^ tables.bytes[4 * 256 + Int(mixed >> 24 & 0xff)]
                ^ tables.bytes[3 * 256 + Int(mixed >> 32 & 0xff)] ^ tables.bytes[2 * 256 + Int(mixed >> 40 & 0xff)]
                ^ tables.bytes[256 + Int(mixed >> 48 & 0xff)] ^ tables.bytes[Int(mixed >> 56)]
            position += 8
        }
        while position < bytes.count {
            crc = crc >> 8 ^ tables.bytes[Int((crc ^ UInt32(bytes[position])) & 0xff)]
            position += 1
        }
        return ~crc
    }
}

/// The arithmetic of joined texts: a checksum is a polynomial over bits, and a text of n bytes multiplies that of what
/// goes before it by `x^(8n)`.
///
/// Source: zlib, `crc32_combine`.
extension Checksum {
    /// What a text of this many bytes does to the checksum of what goes before it: `x^(8 * length)`.
    @inline(__always)
    func shift(_ length: Int) -> UInt32 {
        var result = tables.shifts[length & 4095]
        var rest = length >> 12
        while rest > 0 {
            result = product(result, tables.powers[rest.trailingZeroBitCount])
            rest &= rest - 1
        }
        return result
    }

    /// The checksum of two texts joined, from theirs and the second one's length.
    @inline(__always)
    func joined(_ first: UInt32, _ second: UInt32, length: Int) -> UInt32 {
        product(first, shift(length)) ^ second
    }

    /// The product of two polynomials modulo that of the checksum; the highest power is the lowest bit.
    @inline(__always)
    func product(_ one: UInt32, _ other: UInt32) -> UInt32 {
        remainder(Self.wideProduct(one, other))
    }

    /// A product before it is divided; sums of such are divided once.
    ///
    /// Every fourth bit at a time, ordinary products carry nothing into the bits that count. Source: T. Pornin,
    /// BearSSL, "Constant-time Mul".
    @inline(__always)
    static func wideProduct(_ one: UInt32, _ other: UInt32) -> UInt64 {
        let (mask, one, other) = (0x1111_1111 as UInt64, UInt64(one), UInt64(other))
        let (a, b, c, d) = (one & mask, one & mask << 1, one & mask << 2, one & mask << 3)
        let (e, f, g, h) = (other & mask, other & mask << 1, other & mask << 2, other & mask << 3)
        let wide = 0x1111_1111_1111_1111 as UInt64
        let first = (a &* e) ^ (b &* h) ^ (c &* g) ^ (d &* f)
        let second = (a &* f) ^ (b &* e) ^ (c &* h) ^ (d &* g)
        let third = (a &* g) ^ (b &* f) ^ (c &* e) ^ (d &* h)
        let fourth = (a &* h) ^ (b &* g) ^ (c &* f) ^ (d &* e)
        return first & wide | second & wide << 1 | third & wide << 2 | fourth & wide << 3
    }

    /// What is left of a product when it is divided by the checksum's polynomial.
    @inline(__always)
    func remainder(_ product: UInt64) -> UInt32 {
        // The upper powers, in the lower bits, are what four bytes of zeros make of them.
        let upper = Int((product & 0x7fff_ffff) << 1)
        return UInt32(truncatingIfNeeded: product >> 31) ^ tables.bytes[3 * 256 + upper & 0xff]
            ^ tables.bytes[2 * 256 + upper >> 8 & 0xff] ^ tables.bytes[256 + upper >> 16 & 0xff]
            ^ tables.bytes[upper >> 24]
    }
}
