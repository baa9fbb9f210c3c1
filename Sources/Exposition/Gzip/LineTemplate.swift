/// How the lines of a layout are compressed, each by what distinguishes it from the line before.
///
/// The texts before the numbers never change, so what deflate makes of them is worked out once. Only how far back the
/// line before began has to be filled in, since that depends on how long its number is; so a changed number changes the
/// code of its own line, and of the next one if it has become longer or shorter.
///
/// A line's code begins with the end of the line before, which is part of a match like what follows it, and lacks its
/// own end.
final class LineTemplate: Sendable {
    /// Some code, and perhaps the distance of a match after it, packed: the code in the lowest 40 bits, its length in the
    /// next six, whether a distance follows in one more, and in the upper 16 bits what to add to that distance.
    typealias Step = UInt64

    private static let longestText = 8000
    private static let codeBits = 40

    /// The steps of all lines, one after another.
    let steps: [Step]
    let lines: [Line]

    /// A line up to its number.
    struct Line: Sendable {
        /// Where its steps end.
        let end: UInt32
        /// How many bytes it has.
        let length: UInt32
        /// Its checksum.
        let checksum: UInt32
    }

    /// Works out the code for a layout whose series are single lines; nil if a text is too long.
    init?(_ layout: SeriesLayout) {
        guard layout.isPlain else { return nil }
        var builder = Builder()
        let arithmetic = Checksum()
        var lines: [Line] = []
        lines.reserveCapacity(layout.ends.count)
        let isShort = layout.text.withUnsafeBytes { text in
            var former = 0..<0
            for row in layout.ends.indices {
                let range = layout.range(of: row)
                guard range.count <= Self.longestText else { return false }
                let line = UnsafeRawBufferPointer(rebasing: text[range])
                builder.add(line, after: row == 0 ? nil : UnsafeRawBufferPointer(rebasing: text[former]))
                lines.append(
                    Line(
                        end: UInt32(builder.steps.count), length: UInt32(line.count),
                        checksum: arithmetic.of(line)))
                former = range
            }
            return true
        }
        guard isShort else { return nil }
        steps = builder.steps
        self.lines = lines
    }

    /// A step's parts.
    @inline(__always)
    static func parts(of step: Step) -> (code: UInt64, length: Int, distance: Int?) {
        (
            step & (1 << UInt64(codeBits) - 1), Int(step >> 40 & 63),
            step >> 46 & 1 == 1 ? Int(Int64(bitPattern: step) >> 48) : nil
        )
    }

    private struct Builder {
        /// About what the distance of a match costs, in bits.
        private static let distanceCost: UInt64 = 9
        var steps: [Step] = []
        private var pending: (code: UInt64, length: Int) = (0, 0)

        /// Adds a line's text, given that of the line before, if there is one.
        mutating func add(_ line: UnsafeRawBufferPointer, after former: UnsafeRawBufferPointer?) {
            var place = 0
            var earlier = 0
            if let former {
                addCommon(line, former, &place, &earlier, startsWithLineEnd: true)
                while place < line.count {
                    // Labels end with a quote, so texts are alike again from there on.
                    let isOver = earlier >= former.count
                    while place < line.count, isOver || line[place] != UInt8(ascii: "\"") {
                        add(DeflateCode.literals[Int(line[place])])
                        place += 1
                    }
                    while earlier < former.count, former[earlier] != UInt8(ascii: "\"") { earlier += 1 }
                    addCommon(line, former, &place, &earlier, startsWithLineEnd: false)
                }
            } else {
                for byte in line { add(DeflateCode.literals[Int(byte)]) }
            }
            flush(distance: nil)
        }

        /// Adds what two lines have in common from two places on, and goes past it.
        private mutating func addCommon(
            _ line: UnsafeRawBufferPointer, _ former: UnsafeRawBufferPointer, _ place: inout Int,
            _ earlier: inout Int, startsWithLineEnd: Bool
        ) {
            let start = place
            while place < line.count, earlier < former.count, line[place] == former[earlier] {
                place += 1
                earlier += 1
            }
            let text = (startsWithLineEnd ? [UInt8(ascii: "\n")] : []) + line[start..<place]
            if isWorthMatching(text) {
                addMatch(text.count, displacement: place - earlier)
            } else {
                for byte in text { add(DeflateCode.literals[Int(byte)]) }
            }
        }

        private func isWorthMatching(_ text: [UInt8]) -> Bool {
            guard (3...8).contains(text.count) else { return text.count > 8 }
            return text.reduce(0) { $0 + DeflateCode.literals[Int($1)] & 0xff }
                > DeflateCode.lengths[text.count - 3] & 0xff + Self.distanceCost
        }

        private mutating func addMatch(_ length: Int, displacement: Int) {
            var rest = length
            while rest > 0 {
                // No match may be shorter than three bytes.
                let part = rest <= 258 ? rest : min(258, rest - 3)
                add(DeflateCode.lengths[part - 3])
                flush(distance: displacement)
                rest -= part
            }
        }

        private mutating func add(_ packed: DeflateCode.Packed) {
            let length = Int(packed & 0xff)
            if pending.length + length > LineTemplate.codeBits { flush(distance: nil) }
            pending.code |= (packed >> 8) << UInt64(pending.length)
            pending.length += length
        }

        private mutating func flush(distance: Int?) {
            guard pending.length > 0 else { return }
            var step = pending.code | UInt64(pending.length) << 40
            if let distance { step |= 1 << 46 | UInt64(bitPattern: Int64(distance)) << 48 }
            steps.append(step)
            pending = (0, 0)
        }
    }
}
