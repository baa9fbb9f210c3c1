/// The code in which pages are compressed: one for all of them, made for what exposition pages look like.
///
/// That the code is always the same is what lets compressed pieces of different pages be joined. Source of the format:
/// RFC 1951, 3.2.5 to 3.2.7.
enum DeflateCode {
    /// A code and its length, packed: the code in the upper bits, the length in the lowest eight.
    typealias Packed = UInt64

    private static let symbolCode = HuffmanCode(weights: PageStatistics.symbols)
    private static let distanceCode = HuffmanCode(weights: PageStatistics.distances)

    /// The code of each byte, then that of the end.
    static let literals = InlineArray<257, Packed> { pack(symbolCode.codes[$0], symbolCode.lengths[$0]) }

    /// The code of each match length from 3 to 258, with its extra bits.
    static let lengths = InlineArray<256, Packed> {
        let (symbol, extra, bits) = lengthClass($0 + 3)
        return pack(
            symbolCode.codes[symbol] | UInt64(extra) << UInt64(symbolCode.lengths[symbol]),
            symbolCode.lengths[symbol] + bits)
    }

    /// The code of each class of distances.
    static let distances = InlineArray<30, Packed> { pack(distanceCode.codes[$0], distanceCode.lengths[$0]) }

    /// What a compressed stream begins with: gzip's header, and the description of the code.
    static let beginning: [(bits: UInt64, length: Int)] =
        header + description(of: symbolCode.lengths + distanceCode.lengths)

    /// Magic number, deflate, no flags, no time, no extra flags, unknown system.
    ///
    /// Source: RFC 1952, 2.3.
    private static var header: [(bits: UInt64, length: Int)] {
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255].map { ($0, 8) }
    }

    private static func pack(_ code: UInt64, _ length: Int) -> Packed {
        code << 8 | UInt64(length)
    }

    /// A match length's symbol, and what distinguishes it from the others of that symbol.
    static func lengthClass(_ length: Int) -> (symbol: Int, extra: Int, bits: Int) {
        if length == 258 { return (285, 0, 0) }
        let value = length - 3
        guard value >= 8 else { return (257 + value, 0, 0) }
        let bits = Int.bitWidth - 1 - value.leadingZeroBitCount - 2
        return (257 + 4 * bits + 4 + value >> bits & 3, value & (1 << bits - 1), bits)
    }

    /// A distance's symbol, and what distinguishes it from the others of that symbol.
    @inline(__always)
    static func distanceClass(_ distance: Int) -> (symbol: Int, extra: Int, bits: Int) {
        let value = distance - 1
        if value < 4 { return (value, 0, 0) }
        let bits = Int.bitWidth - 1 - value.leadingZeroBitCount - 1
        return (2 * bits + 2 + value >> bits & 1, value & (1 << bits - 1), bits)
    }

    /// How many bits a match's distance takes up.
    @inline(__always)
    static func length(ofDistance distance: Int) -> Int {
        let (symbol, _, bits) = distanceClass(distance)
        return Int(distances[symbol] & 0xff) + bits
    }

    /// A last block with a code of its own: the lengths of all codes, themselves in a code, repetitions shortened.
    private static func description(of lengths: [Int]) -> [(bits: UInt64, length: Int)] {
        var symbols: [(symbol: Int, extra: Int, bits: Int)] = []
        var position = 0
        while position < lengths.count {
            let length = lengths[position]
            let run = lengths[position...].prefix { $0 == length }.count
            symbols.append((length, 0, 0))
            position += 1
            var rest = run - 1
            while rest >= 3 {
                let count = min(rest, 6)
                symbols.append((16, count - 3, 2))
                position += count
                rest -= count
            }
        }
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var weights = [Int](repeating: 1, count: order.count)
        for (symbol, _, _) in symbols { weights[symbol] += 1 }
        // Three bits say how long each of these codes is.
        let code = HuffmanCode(weights: weights, limit: 7)
        var bits: [(bits: UInt64, length: Int)] = [(1, 1), (2, 2), (29, 5), (29, 5), (UInt64(order.count - 4), 4)]
        bits += order.map { (UInt64(code.lengths[$0]), 3) }
        for (symbol, extra, count) in symbols {
            let length = code.lengths[symbol]
            bits.append((code.codes[symbol] | UInt64(extra) << UInt64(length), length + count))
        }
        return bits
    }
}
