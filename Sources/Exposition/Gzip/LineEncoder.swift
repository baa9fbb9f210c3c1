/// Compresses single lines of one family, each with reference to the one before.
///
/// It is made of pointers, and valid as long as they are.
struct LineEncoder {
    private let steps: UnsafeBufferPointer<LineTemplate.Step>
    private let stepEnds: UnsafeBufferPointer<UInt32>
    private let texts: UnsafeBufferPointer<Int>
    private let checksums: UnsafeBufferPointer<UInt32>
    private let number: UnsafeMutableRawBufferPointer

    /// Calls `body` with an encoder for the lines of a layout.
    static func with<Result>(
        _ layout: SeriesLayout, _ template: LineTemplate, _ body: (LineEncoder) -> Result
    ) -> Result {
        template.steps.withUnsafeBufferPointer { steps in
            template.ends.withUnsafeBufferPointer { stepEnds in
                template.checksums.withUnsafeBufferPointer { checksums in
                    layout.ends.withUnsafeBufferPointer { texts in
                        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { number in
                            body(
                                LineEncoder(
                                    steps: steps, stepEnds: stepEnds, texts: texts, checksums: checksums,
                                    number: number))
                        }
                    }
                }
            }
        }
    }

    /// How many bytes a line has before its number.
    @inline(__always)
    func textLength(_ row: Int) -> Int {
        texts[row] - (row == 0 ? 0 : texts[row - 1])
    }

    /// Writes the end of the line before, and a line without its own.
    ///
    /// - Parameters:
    ///   - row: Which one.
    ///   - bits: The number, by its bits.
    ///   - former: How many bytes the line before has.
    ///   - writer: Where to.
    /// - Returns: How many bytes the number has, its line end included, and the checksum of the line.
    @inline(__always)
    func write(_ row: Int, _ bits: UInt64, after former: Int, to writer: inout BitWriter) -> (width: Int, UInt32) {
        for position in (row == 0 ? 0 : Int(stepEnds[row - 1]))..<Int(stepEnds[row]) {
            let step = LineTemplate.parts(of: steps[position])
            writer.write(step.code, step.length)
            if let displacement = step.distance { writer.write(distance: former + displacement) }
        }
        var cursor = ByteCursor(number)
        cursor.writeLine(Double(bitPattern: bits))
        let text = cursor.written(from: 0)
        writeNumber(text, to: &writer)
        return (text.count, Checksum.of(text, after: checksums[row]))
    }

    /// Writes a number without its line end; digits that repeat themselves, as in 0.3333333333333333, as a match.
    @inline(__always)
    private func writeNumber(_ text: UnsafeRawBufferPointer, to writer: inout BitWriter) {
        // The line's end is the next line's beginning; the last digit was rounded.
        let text = UnsafeRawBufferPointer(rebasing: text.dropLast())
        let end = text.count - 1
        guard end >= 14, let (start, period) = repetition(in: text, before: end) else {
            return write(text, 0..<text.count, to: &writer)
        }
        write(text, 0..<start, to: &writer)
        writer.write(packed: DeflateCode.lengths[end - start - 3])
        writer.write(distance: period)
        write(text, end..<text.count, to: &writer)
    }

    /// Where digits begin that are those of `period` places before, up to the end.
    @inline(__always)
    private func repetition(in text: UnsafeRawBufferPointer, before end: Int) -> (start: Int, period: Int)? {
        let tail = text.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)
        for period in 1...6 where text.loadUnaligned(fromByteOffset: end - 8 - period, as: UInt64.self) == tail {
            var start = end - 8
            while start > period, text[start - 1] == text[start - 1 - period] { start -= 1 }
            return (start, period)
        }
        return nil
    }

    @inline(__always)
    private func write(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, to writer: inout BitWriter) {
        var position = range.lowerBound
        // No code of a byte has more than 15 bits.
        while position + 3 <= range.upperBound {
            let (one, two, three) = (
                DeflateCode.literals[Int(text[position])], DeflateCode.literals[Int(text[position + 1])],
                DeflateCode.literals[Int(text[position + 2])]
            )
            let (first, second) = (one & 0xff, one & 0xff + two & 0xff)
            writer.write(
                one >> 8 | (two >> 8) &<< first | (three >> 8) &<< second, Int(second + three & 0xff))
            position += 3
        }
        while position < range.upperBound {
            writer.write(packed: DeflateCode.literals[Int(text[position])])
            position += 1
        }
    }
}
