/// Compresses single lines of one family, each with reference to the one before.
///
/// It is made of pointers, and valid as long as they are.
struct LineEncoder {
    private let steps: UnsafeBufferPointer<LineTemplate.Step>
    private let stepEnds: UnsafeBufferPointer<UInt32>
    private let texts: UnsafeBufferPointer<Int>
    private let checksums: UnsafeBufferPointer<UInt32>
    private let literals: UnsafeBufferPointer<DeflateCode.Packed>
    private let distances: UnsafeBufferPointer<DeflateCode.Packed>
    private let number: UnsafeMutableRawBufferPointer

    /// Calls `body` with an encoder for the lines of a layout.
    static func with<Result>(_ layout: SeriesLayout, _ template: LineTemplate, _ body: (LineEncoder) -> Result)
        -> Result
    {
        let code = DeflateCode.shared
        return template.steps.withUnsafeBufferPointer { steps in
            template.ends.withUnsafeBufferPointer { stepEnds in
                template.checksums.withUnsafeBufferPointer { checksums in
                    layout.ends.withUnsafeBufferPointer { texts in
                        code.literals.withUnsafeBufferPointer { literals in
                            code.distances.withUnsafeBufferPointer { distances in
                                withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { number in
                                    body(
                                        LineEncoder(
                                            steps: steps, stepEnds: stepEnds, texts: texts, checksums: checksums,
                                            literals: literals, distances: distances, number: number))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private init(
        steps: UnsafeBufferPointer<LineTemplate.Step>, stepEnds: UnsafeBufferPointer<UInt32>,
        texts: UnsafeBufferPointer<Int>, checksums: UnsafeBufferPointer<UInt32>,
        literals: UnsafeBufferPointer<DeflateCode.Packed>, distances: UnsafeBufferPointer<DeflateCode.Packed>,
        number: UnsafeMutableRawBufferPointer
    ) {
        self.steps = steps
        self.stepEnds = stepEnds
        self.texts = texts
        self.checksums = checksums
        self.literals = literals
        self.distances = distances
        self.number = number
    }

    /// How many bytes a line has before its number.
    @inline(__always)
    func textLength(_ row: Int) -> Int {
        texts[row] - (row == 0 ? 0 : texts[row - 1])
    }

    /// Writes a line.
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
            if let displacement = step.distance { writer.write(distance: former + displacement, distances) }
        }
        var cursor = ByteCursor(number)
        cursor.writeLine(Double(bitPattern: bits))
        let text = cursor.written(from: 0)
        var position = 0
        // No code of a byte has more than 15 bits.
        while position + 3 <= text.count {
            let (one, two, three) = (
                literals[Int(text[position])], literals[Int(text[position + 1])], literals[Int(text[position + 2])]
            )
            let (first, second) = (one & 0xff, one & 0xff + two & 0xff)
            writer.write(
                one >> 8 | (two >> 8) &<< first | (three >> 8) &<< second, Int(second + three & 0xff))
            position += 3
        }
        while position < text.count {
            writer.write(packed: literals[Int(text[position])])
            position += 1
        }
        return (text.count, Checksum.of(text, after: checksums[row]))
    }
}
