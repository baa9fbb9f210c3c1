/// Writes families in one format.
///
/// A family is written in parts, its head and some of its rows at a time, so that the parts which did not change can be
/// taken from the page before.
protocol FamilyWriter {
    /// What ends a page.
    var ending: StaticString { get }
    /// Whether a family is one message that cannot be taken apart.
    var isIndivisible: Bool { get }
    /// Whether each series that has a value is a line of its layout's text and a number, and nothing else.
    func isLineByLine(_ series: ArrangedSeries) -> Bool
    /// Writes what goes before the first row.
    func writeHead(of descriptor: Descriptor, to cursor: inout ByteCursor)
    /// Writes some rows.
    func write(_ rows: Range<Int>, of series: ArrangedSeries, to cursor: inout ByteCursor)
}

extension FamilyWriter {
    var isIndivisible: Bool { false }

    func isLineByLine(_ series: ArrangedSeries) -> Bool { false }
}
