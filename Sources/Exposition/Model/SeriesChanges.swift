/// When the numbers of an instrument's series changed, counted in readings of them.
///
/// The readings of a layout are numbered, so that any two of its states can be compared.
struct SeriesChanges: Sendable {
    /// How many neighbouring series are told apart as one: as many as share a checksum in a compressed page.
    static let seriesPerBlock = CompressedLines.linesPerBlock

    /// The reading from which these are the numbers.
    var reading = 0
    /// The last reading that found another number, for each block.
    var blocks: [Int]

    /// The first reading of this many series.
    init(series: Int) {
        blocks = Array(repeating: 0, count: (series + Self.seriesPerBlock - 1) / Self.seriesPerBlock)
    }

    /// Calls `body` with the last readings that found another number in each block, and that from which on they mean
    /// that it differs between this state and another, whichever is the newer one.
    func since<Result>(_ other: SeriesChanges, _ body: (UnsafeBufferPointer<Int>, Int) -> Result) -> Result {
        if reading > other.reading { return blocks.withUnsafeBufferPointer { body($0, other.reading + 1) } }
        return other.blocks.withUnsafeBufferPointer { body($0, reading + 1) }
    }
}
