/// Compresses single lines of one family, each with reference to the one before.
///
/// It is made of pointers, and valid as long as they are.
struct LineEncoder {
    private let steps: UnsafeBufferPointer<LineTemplate.Step>
    private let lines: UnsafeBufferPointer<LineTemplate.Line>
    private let number: UnsafeMutableRawBufferPointer
    let arithmetic: Checksum

    /// Calls `body` with an encoder for the lines of a layout.
    static func with<Result>(
        _ template: LineTemplate, _ arithmetic: Checksum, _ body: (LineEncoder) -> Result
    ) -> Result {
        template.steps.withUnsafeBufferPointer { steps in
            template.lines.withUnsafeBufferPointer { lines in
                withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { number in
                    body(LineEncoder(steps: steps, lines: lines, number: number, arithmetic: arithmetic))
                }
            }
        }
    }

    /// Writes the end of the line before, and a line without its own.
    ///
    /// - Parameters:
    ///   - row: Which one.
    ///   - bits: The number, by its bits.
    ///   - former: How many bytes the line before has.
    ///   - writer: Where to.
    /// - Returns: How many bytes the line has, its line end included, and its checksum.
    @inline(__always)
    func write(_ row: Int, _ bits: UInt64, after former: Int, to writer: inout BitWriter) -> (length: Int, UInt32) {
        let line = lines[row]
        for position in (row == 0 ? 0 : Int(lines[row - 1].end))..<Int(line.end) {
            let step = LineTemplate.parts(of: steps[position])
            writer.write(step.code, step.length)
            if let displacement = step.distance { writer.write(distance: former + displacement) }
        }
        var cursor = ByteCursor(number)
        cursor.writeLine(Double(bitPattern: bits))
        let text = cursor.written(from: 0)
        writeNumber(text, to: &writer)
        return (Int(line.length) + text.count, arithmetic.of(text, after: line.checksum))
    }

    /// Writes a line whose number is the same as in an earlier page, while the line before became longer or shorter.
    ///
    /// - Parameters:
    ///   - row: Which one.
    ///   - former: How many bytes the line before has.
    ///   - formerly: How many bytes it had.
    ///   - range: Where the line stands in the earlier page, in bits.
    ///   - bytes: The earlier page.
    ///   - writer: Where to.
    @inline(__always)
    func rewrite(
        _ row: Int, after former: Int, formerly: Int, _ range: Range<Int>, of bytes: UnsafeRawBufferPointer,
        to writer: inout BitWriter
    ) {
        var start = range.lowerBound
        for position in (row == 0 ? 0 : Int(lines[row - 1].end))..<Int(lines[row].end) {
            let step = LineTemplate.parts(of: steps[position])
            writer.write(step.code, step.length)
            start += step.length
            if let displacement = step.distance {
                writer.write(distance: former + displacement)
                start += DeflateCode.length(ofDistance: formerly + displacement)
            }
        }
        // The code of the number does not depend on what goes before it.
        writer.write(start..<range.upperBound, of: bytes)
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
