/// Snappy's block format, which remote write asks for: back references within 64 KiB, found by a table of hashes.
///
/// Source: google/snappy, `format_description.txt`.
public enum SnappyBlock {
    private static let tableBits = 14
    private static let blockSize = 1 << 16
    /// Copies shorter than this save nothing.
    private static let shortestMatch = 4

    /// Compresses bytes into one block.
    ///
    /// - Parameter bytes: At most 4 GiB.
    /// - Returns: The block, its uncompressed length first.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 2 + 32)
        appendVarint(UInt64(bytes.count), to: &output)
        bytes.withUnsafeBytes { input in
            var start = 0
            while start < input.count {
                let end = min(start + blockSize, input.count)
                compress(UnsafeRawBufferPointer(rebasing: input[start..<end]), to: &output)
                start = end
            }
        }
        return output
    }

    /// Compresses a piece whose references stay within it.
    private static func compress(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var table = [UInt16](repeating: 0, count: 1 << tableBits)
        var literal = 0
        var position = 1
        while position + shortestMatch <= input.count {
            let word = input.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            let slot = Int((word &* 0x1e35_a7bd) >> UInt32(32 - tableBits))
            let candidate = Int(table[slot])
            table[slot] = UInt16(position)
            guard candidate < position,
                input.loadUnaligned(fromByteOffset: candidate, as: UInt32.self) == word
            else {
                // The longer nothing repeats, the fewer places are looked at.
                position += 1 + (position - literal) >> 5
                continue
            }
            var length = shortestMatch
            while position + length < input.count, input[candidate + length] == input[position + length] { length += 1 }
            appendLiteral(input[literal..<position], to: &output)
            appendCopy(offset: position - candidate, length: length, to: &output)
            position += length
            literal = position
        }
        appendLiteral(input[literal..<input.count], to: &output)
    }

    private static func appendLiteral(_ bytes: Slice<UnsafeRawBufferPointer>, to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let last = bytes.count - 1
        if last < 60 {
            output.append(UInt8(last << 2))
        } else if last < 256 {
            output += [60 << 2, UInt8(last)]
        } else {
            output += [61 << 2, UInt8(last & 0xff), UInt8(last >> 8)]
        }
        output.append(contentsOf: bytes)
    }

    /// Copies of 1 to 64 bytes with an offset of 16 bits; one that would leave less than four is made shorter.
    private static func appendCopy(offset: Int, length: Int, to output: inout [UInt8]) {
        var left = length
        while left > 0 {
            let count = left > 64 && left < 68 ? 60 : min(left, 64)
            output += [UInt8((count - 1) << 2 | 2), UInt8(offset & 0xff), UInt8(offset >> 8)]
            left -= count
        }
    }

    private static func appendVarint(_ value: UInt64, to output: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            output.append(UInt8(value & 0x7f) | 0x80)
            value >>= 7
        }
        output.append(UInt8(value))
    }
}
