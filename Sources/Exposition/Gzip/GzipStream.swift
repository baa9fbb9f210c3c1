/// A page being compressed, piece by piece.
struct GzipStream {
    private var writer: BitWriter
    private var compressor = PieceCompressor()
    private let checksum = Checksum()
    private var total: UInt32 = 0
    private var length = 0

    /// Begins a stream in memory of a fixed size.
    init(_ memory: UnsafeMutableRawBufferPointer) {
        writer = BitWriter(memory)
        for (bits, length) in DeflateCode.shared.beginning { writer.write(bits, length) }
    }

    /// Whether the memory was too small.
    var isOverfull: Bool { writer.isOverfull }

    /// Compresses and appends a piece.
    mutating func append(_ bytes: UnsafeRawBufferPointer, rows: Range<Int>) -> Page.Piece {
        let start = writer.count
        compressor.compress(bytes, to: &writer)
        let piece = Page.Piece(
            rows: rows, range: start..<writer.count, length: bytes.count, checksum: checksum.of(bytes),
            shift: Checksum.shift(bytes.count))
        account(for: piece)
        return piece
    }

    /// Appends a piece of an earlier page.
    mutating func append(_ piece: Page.Piece, of page: Page) -> Page.Piece {
        let start = writer.count
        page.bytes.withUnsafeBytes { writer.write(piece.range, of: $0) }
        account(for: piece)
        return Page.Piece(
            rows: piece.rows, range: start..<writer.count, length: piece.length, checksum: piece.checksum,
            shift: piece.shift)
    }

    private mutating func account(for piece: Page.Piece) {
        total = Checksum.joined(total, piece.checksum, shift: piece.shift)
        length += piece.length
    }

    /// Ends the stream after a last text; returns how many bytes it has.
    mutating func finish(with ending: StaticString) -> Int {
        if ending.utf8CodeUnitCount > 0 {
            let ending = UnsafeRawBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
            _ = append(ending, rows: 0..<0)
        }
        writer.write(packed: DeflateCode.shared.literals[256])
        _ = writer.align()
        writer.write(UInt64(total), 32)
        writer.write(UInt64(UInt32(truncatingIfNeeded: length)), 32)
        return writer.align()
    }
}
