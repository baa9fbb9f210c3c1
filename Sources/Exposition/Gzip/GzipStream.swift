/// A page being compressed, piece by piece.
struct GzipStream {
    var writer: BitWriter
    let arithmetic = Checksum()
    private var compressor = PieceCompressor()
    private var total: UInt32 = 0
    private var length = 0
    /// Where the family being written begins, and what it comes to so far.
    private var start = 0
    private var part: (checksum: UInt32, length: Int) = (0, 0)

    /// Begins a stream in memory of a fixed size.
    init(_ memory: UnsafeMutableRawBufferPointer) {
        writer = BitWriter(memory)
        for (bits, length) in DeflateCode.beginning { writer.write(bits, length) }
    }

    /// Whether the memory was too small.
    var isOverfull: Bool { writer.isOverfull }

    /// Begins a family.
    mutating func beginPart() {
        start = writer.count
        part = (0, 0)
    }

    /// Compresses and appends a piece of a family.
    mutating func append(_ bytes: UnsafeRawBufferPointer, rows: Range<Int>) -> Page.Piece {
        let begin = writer.count
        compressor.compress(bytes, to: &writer)
        let piece = Page.Piece(
            rows: rows, range: begin - start..<writer.count - start, length: bytes.count,
            checksum: arithmetic.of(bytes))
        account(for: piece.checksum, piece.length)
        return piece
    }

    /// Appends the first piece of a family of an earlier page, in which it began at a bit.
    mutating func append(_ head: Page.Piece, at begin: Int, of page: Page) {
        page.bytes.withUnsafeBytes {
            writer.write(begin + head.range.lowerBound..<begin + head.range.upperBound, of: $0)
        }
        account(for: head.checksum, head.length)
    }

    /// Appends pieces of an earlier page that stand there one after another.
    mutating func append(
        _ pieces: ArraySlice<Page.Piece>, at begin: Int, of page: Page, to written: inout [Page.Piece]
    ) {
        guard let first = pieces.first, let last = pieces.last else { return }
        let distance = writer.count - start - first.range.lowerBound
        page.bytes.withUnsafeBytes {
            writer.write(begin + first.range.lowerBound..<begin + last.range.upperBound, of: $0)
        }
        for piece in pieces {
            account(for: piece.checksum, piece.length)
            let range = piece.range.lowerBound + distance..<piece.range.upperBound + distance
            written.append(
                Page.Piece(rows: piece.rows, range: range, length: piece.length, checksum: piece.checksum))
        }
    }

    /// Adds something of known checksum and length to the family.
    mutating func account(for checksum: UInt32, _ length: Int) {
        part.checksum = arithmetic.joined(part.checksum, checksum, length: length)
        part.length += length
    }

    /// Ends a family that these pieces, and lines that change one by one, make up.
    mutating func endPart(
        _ pieces: [Page.Piece], _ lines: CompressedLines? = nil, _ series: ArrangedSeries
    ) -> Page.Part {
        join(part.checksum, part.length)
        return Page.Part(
            series, pieces, lines.map(KeptLines.init), range: start..<writer.count, length: part.length,
            checksum: part.checksum)
    }

    /// Appends a whole family of an earlier page.
    mutating func append(_ part: Page.Part, of page: Page, _ series: ArrangedSeries) -> Page.Part {
        let start = writer.count
        page.bytes.withUnsafeBytes { writer.write(part.range, of: $0) }
        join(part.checksum, part.length)
        return part.moved(to: start, series)
    }

    private mutating func join(_ checksum: UInt32, _ length: Int) {
        total = arithmetic.joined(total, checksum, length: length)
        self.length += length
    }

    /// Ends the stream after a last text; returns how many bytes it has.
    mutating func finish(with ending: StaticString) -> Int {
        if ending.utf8CodeUnitCount > 0 {
            let ending = UnsafeRawBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
            beginPart()
            _ = append(ending, rows: 0..<0)
            join(part.checksum, part.length)
        }
        writer.write(packed: DeflateCode.literals[256])
        _ = writer.align()
        writer.write(UInt64(total), 32)
        writer.write(UInt64(UInt32(truncatingIfNeeded: length)), 32)
        return writer.align()
    }
}
