extension GzipStream {
    /// Compresses and appends the lines of a family.
    mutating func appendLines(of series: ArrangedSeries, _ template: LineTemplate) -> CompressedLines {
        let count = series.cells.count
        var blocks: [UInt32] = []
        blocks.reserveCapacity(count / CompressedLines.linesPerBlock + 1)
        var lines = CompressedLines(
            ends: Array(repeating: 0, count: count), checksums: Array(repeating: 0, count: count),
            widths: Array(repeating: 0, count: count), blocks: [])
        let begin = writer.count
        var former = 0
        var running: (checksum: UInt32, length: Int) = (0, 0)
        LineEncoder.with(series.layout, template) { encoder in
            for row in 0..<count {
                let (width, checksum) = encoder.write(row, series.cells[row], after: former, to: &writer)
                former = encoder.textLength(row) + width
                running.checksum = Checksum.joined(running.checksum, checksum, shift: Checksum.shift(former))
                running.length += former
                lines.ends[row] = UInt32(truncatingIfNeeded: writer.count - begin)
                lines.checksums[row] = running.checksum
                lines.widths[row] = UInt8(truncatingIfNeeded: width)
                if row % CompressedLines.linesPerBlock == CompressedLines.linesPerBlock - 1 || row == count - 1 {
                    blocks.append(UInt32(truncatingIfNeeded: running.length))
                    running = (0, 0)
                }
            }
        }
        lines.blocks = blocks
        end(lines)
        return lines
    }

    /// Appends the lines of a family as they were in an earlier page, in which the first began at a bit, those changed
    /// whose numbers have.
    mutating func appendLines(
        of series: ArrangedSeries, _ template: LineTemplate, changing lines: inout CompressedLines,
        of formerSeries: ArrangedSeries, at begin: Int, of page: Page
    ) {
        LineEncoder.with(series.layout, template) { encoder in
            series.cells.withUnsafeBufferPointer { cells in
                formerSeries.cells.withUnsafeBufferPointer { formerCells in
                    page.bytes.withUnsafeBytes { bytes in
                        var change = LineChange(
                            cells: cells, formerCells: formerCells, encoder: encoder, bytes: bytes, begin: begin,
                            start: writer.count)
                        lines.withPointers { change.run($0, &writer) }
                    }
                }
            }
        }
        end(lines)
    }

    /// Ends the last line, which otherwise the next one would do.
    private mutating func end(_ lines: CompressedLines) {
        writer.write(packed: DeflateCode.literals[Int(UInt8(ascii: "\n"))])
        let total = lines.total
        account(for: total.checksum, total.length)
    }
}
