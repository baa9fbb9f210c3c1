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
