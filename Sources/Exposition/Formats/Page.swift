/// A whole page as it is sent, and what it was made of, so that the next one can take over what did not change.
public final class Page: Sendable {
    /// A part of a page: some rows of a family, the first with the family's head.
    struct Piece: Sendable {
        let rows: Range<Int>
        /// Where it stands in its part: bytes, or bits if the page is compressed.
        let range: Range<Int>
        /// How many bytes it has uncompressed.
        let length: Int
        /// The checksum of these bytes, if the page is compressed.
        let checksum: UInt32
    }

    /// A family in the page.
    final class Part: Sendable {
        let series: ArrangedSeries
        /// What it is made of; the head alone if there are lines besides.
        let pieces: [Piece]
        /// The family's lines, if they can be changed one by one.
        let lines: KeptLines?
        /// Where all of it stands in the page: in bytes, or bits if the page is compressed.
        let range: Range<Int>
        /// How many bytes it has uncompressed.
        let length: Int
        /// The checksum of these bytes, if the page is compressed.
        let checksum: UInt32

        init(
            _ series: ArrangedSeries, _ pieces: [Piece], _ lines: KeptLines? = nil, range: Range<Int>, length: Int,
            checksum: UInt32 = 0
        ) {
            self.series = series
            self.pieces = pieces
            self.lines = lines
            self.range = range
            self.length = length
            self.checksum = checksum
        }

        /// Where its lines begin, if they can be changed one by one.
        var linesStart: Int { range.lowerBound + (pieces.last?.range.upperBound ?? 0) }

        /// The same part at another place, with numbers that make no difference.
        func moved(to start: Int, _ series: ArrangedSeries) -> Part {
            if start == range.lowerBound, series === self.series { return self }
            return Part(
                series, pieces, lines, range: start..<start + range.count, length: length, checksum: checksum)
        }
    }

    /// The format, whose ``ExpositionFormat/contentType`` the HTTP answer carries.
    public let format: ExpositionFormat
    /// Whether the bytes are compressed with gzip.
    public let isCompressed: Bool
    /// What is sent.
    public let bytes: [UInt8]
    /// The families in the order of their names.
    let parts: [Part]

    init(_ format: ExpositionFormat, isCompressed: Bool, bytes: [UInt8], parts: [Part]) {
        self.format = format
        self.isCompressed = isCompressed
        self.bytes = bytes
        self.parts = parts
    }
}
