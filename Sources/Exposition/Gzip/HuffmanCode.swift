/// A prefix code: frequent symbols get short codes.
struct HuffmanCode: Sendable {
    /// Each symbol's code, as it is written: the first bit lowest.
    let codes: [UInt64]
    /// How many bits each symbol's code has, at least 1.
    let lengths: [Int]

    /// Makes the code for symbols that come this often, each at least once, with codes of at most `limit` bits.
    init(weights: [Int], limit: Int = 15) {
        let lengths = Self.lengths(weights, limit)
        self.lengths = lengths
        // Codes of one length are consecutive, and follow the shorter ones. Source: RFC 1951, 3.2.2.
        var next = [UInt64](repeating: 0, count: 17)
        for length in 1...15 {
            next[length + 1] = (next[length] + UInt64(lengths.count { $0 == length })) << 1
        }
        codes = lengths.map { length in
            defer { next[length] += 1 }
            return (0..<length).reduce(0) { $0 | (next[length] >> UInt64($1) & 1) << UInt64(length - 1 - $1) }
        }
    }

    /// The depths of a Huffman tree over the weights.
    private static func lengths(_ weights: [Int], _ limit: Int) -> [Int] {
        var weights = weights
        while true {
            var trees = weights.enumerated().map { (weight: max($0.element, 1), symbols: [$0.offset]) }
            var depths = [Int](repeating: 0, count: weights.count)
            while trees.count > 1 {
                trees.sort { ($0.weight, $0.symbols.count) > ($1.weight, $1.symbols.count) }
                let (one, other) = (trees.removeLast(), trees.removeLast())
                for symbol in one.symbols + other.symbols { depths[symbol] += 1 }
                trees.append((one.weight + other.weight, one.symbols + other.symbols))
            }
            if depths.allSatisfy({ $0 <= limit }) { return depths }
            // Too deep for the format: make the rare symbols less rare.
            weights = weights.map { $0 / 2 + 1 }
        }
    }
}
