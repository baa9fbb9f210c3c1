/// The arithmetic of joined texts: a checksum is a polynomial over bits, and a text of n bytes multiplies that of what
/// goes before it by `x^(8n)`.
///
/// Source: zlib, `crc32_combine`.
extension Checksum {
    /// What texts of 0, 1, 2 and so on bytes do to the checksum of what goes before them.
    private static let shifts: InlineArray<4096, UInt32> = {
        var shifts = InlineArray<4096, UInt32>(repeating: 1 << 31)
        for length in 1..<shifts.count { shifts[length] = product(shifts[length - 1], 1 << 23) }
        return shifts
    }()

    /// What 4096 bytes do, twice as many, four times as many and so on.
    private static let powers: InlineArray<48, UInt32> = {
        var powers = InlineArray<48, UInt32>(repeating: product(shifts[4095], 1 << 23))
        for power in 1..<powers.count { powers[power] = product(powers[power - 1], powers[power - 1]) }
        return powers
    }()

    /// What a text of this many bytes does to the checksum of what goes before it: `x^(8 * length)`.
    @inline(__always)
    static func shift(_ length: Int) -> UInt32 {
        var result = shifts[length & 4095]
        var rest = length >> 12
        while rest > 0 {
            result = product(result, powers[rest.trailingZeroBitCount])
            rest &= rest - 1
        }
        return result
    }

    /// The checksum of two texts joined, from theirs and the second one's ``shift(_:)``.
    @inline(__always)
    static func joined(_ first: UInt32, _ second: UInt32, shift: UInt32) -> UInt32 {
        product(first, shift) ^ second
    }

    /// The product of two polynomials modulo that of the checksum; the highest power is the lowest bit.
    ///
    /// Every fourth bit at a time, ordinary products carry nothing into the bits that count. Source: T. Pornin,
    /// BearSSL, "Constant-time Mul".
    @inline(__always)
    static func product(_ one: UInt32, _ other: UInt32) -> UInt32 {
        let (mask, one, other) = (0x1111_1111 as UInt64, UInt64(one), UInt64(other))
        let (a, b, c, d) = (one & mask, one & mask << 1, one & mask << 2, one & mask << 3)
        let (e, f, g, h) = (other & mask, other & mask << 1, other & mask << 2, other & mask << 3)
        let wide = 0x1111_1111_1111_1111 as UInt64
        let first = (a &* e) ^ (b &* h) ^ (c &* g) ^ (d &* f)
        let second = (a &* f) ^ (b &* e) ^ (c &* h) ^ (d &* g)
        let third = (a &* g) ^ (b &* f) ^ (c &* e) ^ (d &* h)
        let fourth = (a &* h) ^ (b &* g) ^ (c &* f) ^ (d &* e)
        let product = first & wide | second & wide << 1 | third & wide << 2 | fourth & wide << 3
        // The upper powers, in the lower bits, are what four bytes of zeros make of them.
        let upper = Int((product & 0x7fff_ffff) << 1)
        return UInt32(truncatingIfNeeded: product >> 31) ^ tables[3 * 256 + upper & 0xff]
            ^ tables[2 * 256 + upper >> 8 & 0xff] ^ tables[256 + upper >> 16 & 0xff] ^ tables[upper >> 24]
    }
}
