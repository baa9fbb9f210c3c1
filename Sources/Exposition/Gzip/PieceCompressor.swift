/// Compresses pieces of a page, each by itself, in the one code that all of them share.
///
/// It looks for each place's likely match only, the last one that began with the same four bytes: in a page that is
/// nearly always the same place of the line before.
struct PieceCompressor {
    private static let hashBits = 11
    private static let window = 32_768

    /// Where each hash was seen last, counted from the beginning of the first piece.
    private var seen = [UInt32](repeating: 0, count: 1 << PieceCompressor.hashBits)
    /// How many bytes went before this piece, so that what an earlier one left in the table is known to be too old.
    private var offset = 1

    /// Writes a piece, which may hold no reference to others.
    mutating func compress(_ piece: UnsafeRawBufferPointer, to writer: inout BitWriter) {
        let offset = offset
        // The table holds 32 bits; long before they run out it is as good to begin anew.
        self.offset += piece.count
        if self.offset > Int(UInt32.max) / 2 {
            seen = [UInt32](repeating: 0, count: seen.count)
            self.offset = 1
            return compress(piece, to: &writer)
        }
        seen.withUnsafeMutableBufferPointer { seen in
            var position = 0
            while position + 8 <= piece.count {
                let word = piece.loadUnaligned(fromByteOffset: position, as: UInt32.self)
                let hash = Int((word &* 2_654_435_761) >> UInt32(32 - Self.hashBits))
                let candidate = Int(seen[hash]) - offset
                seen[hash] = UInt32(truncatingIfNeeded: position + offset)
                if candidate >= 0, position - candidate <= Self.window,
                    piece.loadUnaligned(fromByteOffset: candidate, as: UInt32.self) == word
                {
                    let length = Self.matchLength(piece, candidate, position)
                    writer.write(packed: DeflateCode.lengths[length - 3])
                    writer.write(distance: position - candidate)
                    position += length
                } else {
                    writer.write(packed: DeflateCode.literals[Int(piece[position])])
                    position += 1
                }
            }
            while position < piece.count {
                writer.write(packed: DeflateCode.literals[Int(piece[position])])
                position += 1
            }
        }
    }

    /// How many bytes, 4 to 258, are the same at two places of which the first four are.
    @inline(__always)
    private static func matchLength(_ bytes: UnsafeRawBufferPointer, _ one: Int, _ other: Int) -> Int {
        let limit = min(bytes.count - other, 258)
        var length = 4
        while length + 8 <= limit {
            let difference =
                bytes.loadUnaligned(fromByteOffset: one + length, as: UInt64.self)
                ^ bytes.loadUnaligned(fromByteOffset: other + length, as: UInt64.self)
            if difference != 0 { return length + UInt64(littleEndian: difference).trailingZeroBitCount / 8 }
            length += 8
        }
        while length < limit, bytes[one + length] == bytes[other + length] { length += 1 }
        return length
    }
}

extension BitWriter {
    /// Writes a code.
    @inline(__always)
    mutating func write(packed code: DeflateCode.Packed) {
        write(code >> 8, Int(code & 0xff))
    }

    /// Writes a match's distance: the code of its class, and what distinguishes it within the class.
    @inline(__always)
    mutating func write(distance: Int) {
        let (symbol, extra, bits) = DeflateCode.distanceClass(distance)
        let code = DeflateCode.distances[symbol]
        write(code >> 8 | UInt64(extra) << (code & 0xff), Int(code & 0xff) + bits)
    }
}
