/// The CRC-32 of gzip.
///
/// Source: RFC 1952, section 8.
enum Checksum {
    private static let polynomial: UInt32 = 0xedb8_8320

    /// For each of eight positions, what a byte there does to the checksum.
    static let tables: InlineArray<2048, UInt32> = {
        var tables = InlineArray<2048, UInt32>(repeating: 0)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
        }
        for entry in 256..<tables.count {
            let former = tables[entry - 256]
            tables[entry] = former >> 8 ^ tables[Int(former & 0xff)]
        }
        return tables
    }()

    /// The checksum of some bytes that follow others.
    static func of(_ bytes: UnsafeRawBufferPointer, after former: UInt32 = 0) -> UInt32 {
        var crc = ~former
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
