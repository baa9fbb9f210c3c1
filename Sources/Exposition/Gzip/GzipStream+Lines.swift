extension GzipStream {
    /// Compresses and appends the lines of a family.
    mutating func appendLines(of series: ArrangedSeries, _ template: LineTemplate) -> CompressedLines {
        let count = series.cells.count
        var lines = CompressedLines(
            ends: Array(repeating: 0, count: count), checksums: Array(repeating: 0, count: count),
            lengths: Array(repeating: 0, count: count), blocks: [])
        lines.blocks.reserveCapacity(count / CompressedLines.linesPerBlock + 1)
        let begin = writer.count
        var former = 0
        var block = CompressedLines.Block()
        LineEncoder.with(template, arithmetic) { encoder in
            for row in 0..<count {
                let (length, checksum) = encoder.write(row, series.cells[row], after: former, to: &writer)
                former = length
                block.checksum = arithmetic.joined(block.checksum, checksum, length: length)
                block.length += length
                lines.ends[row] = UInt32(truncatingIfNeeded: writer.count - begin - block.start)
                lines.checksums[row] = checksum
                lines.lengths[row] = UInt16(truncatingIfNeeded: former)
                if row % CompressedLines.linesPerBlock == CompressedLines.linesPerBlock - 1 || row == count - 1 {
                    block.shift = arithmetic.shift(block.length)
                    lines.blocks.append(block)
                    block = CompressedLines.Block(start: writer.count - begin)
                }
            }
        }
        end(lines)
        return lines
    }

    /// Appends the lines of a family as they were in an earlier page, in which the first began at a bit, those changed
    /// whose numbers have.
    ///
    /// - Returns: False if a line has no number any more, so that all of this is to be thrown away.
    mutating func appendLines(
        of series: ArrangedSeries, _ template: LineTemplate, changing lines: inout CompressedLines,
        of formerSeries: ArrangedSeries, at begin: Int, of page: Page
    ) -> Bool {
        let isWritten: Bool
        if let changes = series.changes, let formerChanges = formerSeries.changes {
            isWritten = changes.since(formerChanges) {
                change(&lines, from: formerSeries, to: series, template, changes: ($0, $1), at: begin, of: page)
            }
        } else {
            isWritten = change(&lines, from: formerSeries, to: series, template, changes: nil, at: begin, of: page)
        }
        if isWritten { end(lines) }
        return isWritten
    }

    private mutating func change(
        _ lines: inout CompressedLines, from formerSeries: ArrangedSeries, to series: ArrangedSeries,
        _ template: LineTemplate, changes: (blocks: UnsafeBufferPointer<Int>, first: Int)?, at begin: Int,
        of page: Page
    ) -> Bool {
        LineEncoder.with(template, arithmetic) { encoder in
            series.cells.withUnsafeBufferPointer { cells in
                formerSeries.cells.withUnsafeBufferPointer { formerCells in
                    page.bytes.withUnsafeBytes { bytes in
                        var change = LineChange(
                            cells: cells, formerCells: formerCells, changes: changes, encoder: encoder, bytes: bytes,
                            begin: begin, start: writer.count)
                        lines.withPointers { change.run($0, &writer) }
                        return !change.hasAbsent
                    }
                }
            }
        }
    }

    /// Ends the last line, which otherwise the next one would do.
    private mutating func end(_ lines: CompressedLines) {
        writer.write(packed: DeflateCode.literals[Int(UInt8(ascii: "\n"))])
        let total = lines.total(arithmetic)
        account(for: total.checksum, total.length)
    }
}
