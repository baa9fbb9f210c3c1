/// Writes the lines of a family anew of which the numbers changed, and copies the others' code.
struct LineChange {
    let cells: UnsafeBufferPointer<UInt64>
    let formerCells: UnsafeBufferPointer<UInt64>
    let encoder: LineEncoder
    /// The former page, and where in it the first line began, in bits.
    let bytes: UnsafeRawBufferPointer
    let begin: Int
    /// Where the first line begins now.
    let start: Int
    /// The first line that is not written yet, and where its code began.
    private var next = 0
    private var nextStart = 0

    init(
        cells: UnsafeBufferPointer<UInt64>, formerCells: UnsafeBufferPointer<UInt64>, encoder: LineEncoder,
        bytes: UnsafeRawBufferPointer, begin: Int, start: Int
    ) {
        self.cells = cells
        self.formerCells = formerCells
        self.encoder = encoder
        self.bytes = bytes
        self.begin = begin
        self.start = start
    }

    /// Writes all lines, and brings up to date what is known of them.
    mutating func run(_ lines: CompressedLines.Pointers, _ writer: inout BitWriter) {
        var isMoved = false
        var block = 0
        for first in stride(from: 0, to: cells.count, by: CompressedLines.linesPerBlock) {
            let rows = first..<min(first + CompressedLines.linesPerBlock, cells.count)
            if isMoved || cells.differs(from: formerCells, in: rows) {
                let growth = write(rows, &isMoved, lines, &writer)
                lines.blocks[block] = UInt32(truncatingIfNeeded: Int(lines.blocks[block]) + growth)
            }
            block += 1
        }
        copy(to: cells.count, lines, &writer)
    }

    /// Writes those lines of a block that are to be written anew; returns by how many bytes the block grew.
    ///
    /// - Parameters:
    ///   - rows: The block.
    ///   - isMoved: Whether the line before became longer or shorter.
    ///   - lines: What is known of the lines.
    ///   - writer: Where to.
    /// - Returns: A negative number if the block shrank.
    private mutating func write(
        _ rows: Range<Int>, _ isMoved: inout Bool, _ lines: CompressedLines.Pointers, _ writer: inout BitWriter
    ) -> Int {
        var growth = 0
        // What the change does to the checksum up to the line before.
        var difference: UInt32 = 0
        for row in rows {
            let isChanged = cells[row] != formerCells[row]
            let length = encoder.textLength(row) + Int(lines.widths[row])
            guard isChanged || isMoved else {
                if difference != 0 {
                    difference = Checksum.joined(difference, 0, shift: Checksum.shift(length))
                    lines.checksums[row] ^= difference
                }
                continue
            }
            copy(to: row, lines, &writer)
            let former = row == 0 ? 0 : encoder.textLength(row - 1) + Int(lines.widths[row - 1])
            let (width, checksum) = encoder.write(row, cells[row], after: former, to: &writer)
            nextStart = Int(lines.ends[row])
            next = row + 1
            lines.ends[row] = UInt32(truncatingIfNeeded: writer.count - start)
            let grown = width - Int(lines.widths[row])
            lines.widths[row] = UInt8(truncatingIfNeeded: width)
            let before = row == rows.lowerBound ? 0 : lines.checksums[row - 1]
            let now = Checksum.joined(before, checksum, shift: Checksum.shift(length + grown))
            difference = lines.checksums[row] ^ now
            lines.checksums[row] = now
            growth += grown
            isMoved = grown != 0
        }
        return growth
    }

    /// Copies the lines from the first that is not written yet up to another.
    private mutating func copy(to row: Int, _ lines: CompressedLines.Pointers, _ writer: inout BitWriter) {
        guard next < row else { return }
        let end = Int(lines.ends[row - 1])
        let shift = UInt32(truncatingIfNeeded: writer.count - start - nextStart)
        writer.write(begin + nextStart..<begin + end, of: bytes)
        if shift != 0 {
            for row in next..<row { lines.ends[row] &+= shift }
        }
        next = row
        nextStart = end
    }
}
