/// Gzip streams written by hand (RFC 1952, RFC 1951), so that tests need no compressor.
public enum GzipStream {
    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

    /// A complete stream that holds the bytes in stored blocks, without making them smaller.
    public static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream = header
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            stream.append(end == bytes.count ? 1 : 0)
            stream += littleEndian(UInt16(end - start)) + littleEndian(~UInt16(end - start))
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        return stream + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// A stream that unpacks to `count` zeros or up to 2,063 more, at about 159 to 1; it has no trailer.
    ///
    /// A literal zero, then copies of 258 bytes from one byte back in fixed Huffman codes: 13 bits each, so that eight
    /// of them are a pattern of 13 whole bytes.
    public static func zeros(count: Int) -> [UInt8] {
        var bits = BitWriter()
        bits.write([1, 1, 0])
        bits.write([0, 0, 1, 1, 0, 0, 0, 0])
        let copy: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]
        let start = bits.count
        while bits.count % 8 != 0 { bits.write(copy) }
        let prefix = bits.bytes
        var pattern = BitWriter()
        for _ in 0..<8 { pattern.write(copy) }
        let copies = (bits.count - start) / copy.count
        let rounds = max(0, count - copies * 258) / (8 * 258) + 1
        var stream = header + prefix
        stream.reserveCapacity(stream.count + rounds * pattern.bytes.count)
        for _ in 0..<rounds { stream += pattern.bytes }
        return stream + [0]
    }

    /// CRC-32 as gzip uses it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in (value >> 1) ^ (value & 1 == 1 ? 0xedb8_8320 : 0) }
        }
    }

    private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

/// Packs bits into bytes from the least significant one up, as deflate does.
private struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func write(_ bits: [UInt8]) {
        for bit in bits {
            if count % 8 == 0 { bytes.append(0) }
            bytes[count / 8] |= bit << UInt8(count % 8)
            count += 1
        }
    }
}
