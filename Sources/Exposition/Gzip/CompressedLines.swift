/// The lines of a family in a compressed page, and what the next page needs to change some of them.
struct CompressedLines: Sendable {
    /// How many lines' checksums are carried on from one to the next before it is begun anew.
    static let linesPerBlock = 16

    /// Where the code of each line ends, in bits from the beginning of the first.
    var ends: [UInt32]
    /// The checksum of what stands between the beginning of its block and the end of each line.
    var checksums: [UInt32]
    /// How many bytes each line's number has, its line end included.
    var widths: [UInt8]
    /// How many bytes each block has.
    var blocks: [UInt32]

    /// The same numbers in memory that is changed in place, without looking each time who else holds it.
    struct Pointers {
        let ends: UnsafeMutableBufferPointer<UInt32>
        let checksums: UnsafeMutableBufferPointer<UInt32>
        let widths: UnsafeMutableBufferPointer<UInt8>
        let blocks: UnsafeMutableBufferPointer<UInt32>
    }

    /// Calls `body` with pointers that are valid as long as it runs.
    mutating func withPointers(_ body: (Pointers) -> Void) {
        ends.withUnsafeMutableBufferPointer { ends in
            checksums.withUnsafeMutableBufferPointer { checksums in
                widths.withUnsafeMutableBufferPointer { widths in
                    blocks.withUnsafeMutableBufferPointer { blocks in
                        body(Pointers(ends: ends, checksums: checksums, widths: widths, blocks: blocks))
                    }
                }
            }
        }
    }

    /// The length and the checksum of all lines.
    var total: (length: Int, checksum: UInt32) {
        var total: (length: Int, checksum: UInt32) = (0, 0)
        var last = -1
        for length in blocks {
            last = min(last + Self.linesPerBlock, checksums.count - 1)
            total.checksum = Checksum.joined(
                total.checksum, checksums[last], shift: Checksum.shift(Int(length)))
            total.length += Int(length)
        }
        return total
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
