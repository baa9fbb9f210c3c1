/// Writes the lines of a family anew of which the numbers changed, and copies the others' code.
struct LineChange {
    let cells: UnsafeBufferPointer<UInt64>
    let formerCells: UnsafeBufferPointer<UInt64>
    /// When each block changed, and from when on that means that it has to be looked at; nil if that is not known.
    let changes: (blocks: UnsafeBufferPointer<Int>, first: Int)?
    let encoder: LineEncoder
    /// The former page, and where in it the first line began, in bits.
    let bytes: UnsafeRawBufferPointer
    let begin: Int
    /// Where the first line begins now.
    let start: Int
    /// What has been taken over or written anew ends here in the former page, in bits from the first line.
    private var written = 0
    /// How many bits further on what follows it stands now.
    private var shift = 0
    /// Whether a line was met that has no number any more, and so cannot be written.
    private(set) var hasAbsent = false

    init(
        cells: UnsafeBufferPointer<UInt64>, formerCells: UnsafeBufferPointer<UInt64>,
        changes: (blocks: UnsafeBufferPointer<Int>, first: Int)?, encoder: LineEncoder,
        bytes: UnsafeRawBufferPointer, begin: Int, start: Int
    ) {
        self.cells = cells
        self.formerCells = formerCells
        self.changes = changes
        self.encoder = encoder
        self.bytes = bytes
        self.begin = begin
        self.start = start
    }

    /// Writes all lines, and brings up to date what is known of them.
    mutating func run(_ lines: CompressedLines.Pointers, _ writer: inout BitWriter) {
        var growth = 0
        var first = 0
        // Where the last line ended in the former page.
        var end = 0
        for block in lines.blocks.indices {
            let rows = first..<min(first + CompressedLines.linesPerBlock, cells.count)
            let start = lines.blocks[block].start
            end = start + Int(lines.ends[rows.upperBound - 1])
            lines.blocks[block].start += shift
            if growth != 0 || isChanged(block, rows) {
                write(rows, of: &lines.blocks[block], formerly: start, after: &growth, lines, &writer)
            }
            first = rows.upperBound
        }
        takeOver(to: end, &writer)
    }

    @inline(__always)
    private func isChanged(_ block: Int, _ rows: Range<Int>) -> Bool {
        if let changes { return changes.blocks[block] >= changes.first }
        return cells.differs(from: formerCells, in: rows)
    }

    /// Writes those lines of a block that are to be written anew.
    ///
    /// - Parameters:
    ///   - rows: The block's lines.
    ///   - block: The block, with its new start.
    ///   - formerStart: Where it began in the former page, in bits from the first line.
    ///   - growth: By how much the line before became longer; negative if shorter.
    ///   - lines: What is known of the lines.
    ///   - writer: Where to.
    private mutating func write(
        _ rows: Range<Int>, of block: inout CompressedLines.Block, formerly formerStart: Int, after growth: inout Int,
        _ lines: CompressedLines.Pointers, _ writer: inout BitWriter
    ) {
        let formerLength = block.length
        var changed = 0
        var last: (row: Int, checksum: UInt32, growth: Int) = (0, 0, 0)
        var position = formerStart
        for row in rows {
            let formerly = position..<formerStart + Int(lines.ends[row])
            position = formerly.upperBound
            let isChanged = cells[row] != formerCells[row]
            if isChanged || growth != 0 {
                hasAbsent = hasAbsent || cells[row] == ArrangedSeries.absent
                takeOver(to: formerly.lowerBound, &writer)
                let former = row == 0 ? 0 : Int(lines.lengths[row - 1])
                if isChanged {
                    let (length, checksum) = encoder.write(row, cells[row], after: former, to: &writer)
                    growth = length - Int(lines.lengths[row])
                    last = (row, lines.checksums[row], growth)
                    changed += 1
                    block.length += growth
                    lines.lengths[row] = UInt16(truncatingIfNeeded: length)
                    lines.checksums[row] = checksum
                } else {
                    let range = begin + formerly.lowerBound..<begin + formerly.upperBound
                    encoder.rewrite(row, after: former, formerly: former - growth, range, of: bytes, to: &writer)
                    growth = 0
                }
                written = formerly.upperBound
                shift = writer.count - start - written
            }
            lines.ends[row] = UInt32(truncatingIfNeeded: formerly.upperBound + shift - block.start)
        }
        if block.length != formerLength { block.shift = encoder.arithmetic.shift(block.length) }
        if changed == 1 {
            let change = change(of: last.row, in: rows, formerly: last.checksum, growth: last.growth, lines)
            block.checksum ^= change
        } else if changed > 1 {
            block.checksum = checksum(of: rows, lines)
        }
    }

    /// What to add to a block's checksum since one of its lines became another.
    private func change(
        of row: Int, in rows: Range<Int>, formerly: UInt32, growth: Int, _ lines: CompressedLines.Pointers
    ) -> UInt32 {
        let arithmetic = encoder.arithmetic
        var after = 0
        for row in row + 1..<rows.upperBound { after += Int(lines.lengths[row]) }
        let difference = arithmetic.product(lines.checksums[row] ^ formerly, arithmetic.shift(after))
        guard growth != 0, row > rows.lowerBound else { return difference }
        // What stands before the line is now followed by more or fewer bytes.
        after += Int(lines.lengths[row])
        let before = checksum(of: rows.lowerBound..<row, lines)
        return difference
            ^ arithmetic.product(before, arithmetic.shift(after) ^ arithmetic.shift(after - growth))
    }

    /// The checksum of neighbouring lines.
    private func checksum(of rows: Range<Int>, _ lines: CompressedLines.Pointers) -> UInt32 {
        // The products of all lines are added up and divided once: none has to wait for another.
        var (sum, after) = (0 as UInt64, 0)
        for row in rows.reversed() {
            sum ^= Checksum.wideProduct(lines.checksums[row], encoder.arithmetic.shift(after))
            after += Int(lines.lengths[row])
        }
        return encoder.arithmetic.remainder(sum)
    }

    /// Copies what stands in the former page from where the last line was written up to another place.
    private mutating func takeOver(to end: Int, _ writer: inout BitWriter) {
        guard written < end else { return }
        writer.write(begin + written..<begin + end, of: bytes)
        written = end
    }
}
