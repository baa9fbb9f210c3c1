/// The lines of a family in a compressed page, and what the next page needs to change some of them.
struct CompressedLines: Sendable {
    /// How many lines share a checksum: few, so that a change costs little; many, so that a family has few of them.
    static let linesPerBlock = 16

    /// Where the code of each line ends, in bits from the beginning of its block.
    var ends: [UInt32]
    /// The checksum of each line.
    var checksums: [UInt32]
    /// How many bytes each line has.
    var lengths: [UInt16]
    /// The lines, some at a time.
    var blocks: [Block]

    /// Neighbouring lines.
    struct Block: Sendable {
        /// Where their code begins, in bits from the beginning of the family's first line.
        var start = 0
        /// How many bytes they have.
        var length = 0
        /// The checksum of these.
        var checksum: UInt32 = 0
        /// What they do to the checksum of what goes before them.
        var shift: UInt32 = 1 << 31
    }

    /// The same numbers in memory that is changed in place, without looking each time who else holds it.
    struct Pointers {
        let ends: UnsafeMutableBufferPointer<UInt32>
        let checksums: UnsafeMutableBufferPointer<UInt32>
        let lengths: UnsafeMutableBufferPointer<UInt16>
        let blocks: UnsafeMutableBufferPointer<Block>
    }

    /// Calls `body` with pointers that are valid as long as it runs.
    mutating func withPointers(_ body: (Pointers) -> Void) {
        ends.withUnsafeMutableBufferPointer { ends in
            checksums.withUnsafeMutableBufferPointer { checksums in
                lengths.withUnsafeMutableBufferPointer { lengths in
                    blocks.withUnsafeMutableBufferPointer { blocks in
                        body(Pointers(ends: ends, checksums: checksums, lengths: lengths, blocks: blocks))
                    }
                }
            }
        }
    }

    /// Where the code of a line ends, in bits from the beginning of the first.
    func end(of row: Int) -> Int { blocks[row / Self.linesPerBlock].start + Int(ends[row]) }

    /// How many bytes all lines have, and the checksum of these.
    func total(_ arithmetic: Checksum) -> (length: Int, checksum: UInt32) {
        blocks.withUnsafeBufferPointer { blocks in
            // Each product waits for the one before, so two runs side by side take little longer than one.
            let half = blocks.count / 2
            var (first, second) = (0 as UInt32, 0 as UInt32)
            var (length, secondLength) = (0, 0)
            for position in 0..<half {
                let (one, two) = (blocks[position], blocks[half + position])
                first = arithmetic.product(first, one.shift) ^ one.checksum
                second = arithmetic.product(second, two.shift) ^ two.checksum
                length += one.length
                secondLength += two.length
            }
            first = arithmetic.joined(first, second, length: secondLength)
            length += secondLength
            for position in 2 * half..<blocks.count {
                first = arithmetic.product(first, blocks[position].shift) ^ blocks[position].checksum
                length += blocks[position].length
            }
            return (length, first)
        }
    }
}

/// The lines of a family in the newest page, which takes them over from the page before rather than copying them.
final class KeptLines: Sendable {
    private let lines: Guarded<CompressedLines?>

    init(_ lines: CompressedLines) {
        self.lines = Guarded(lines)
    }

    /// The lines, for the first who asks; nil for others, who write the family anew.
    func take() -> CompressedLines? {
        lines.withLock { lines in
            defer { lines = nil }
            return lines
        }
    }
}
