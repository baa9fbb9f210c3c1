/// The random numbers of one tree.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). The standard library's
/// generators and its ways of reducing a number to a range may change between releases; a stored seed must not.
struct RandomStream: Sendable {
    private var state: UInt64

    /// The stream of tree number `tree` under a seed, whatever else is grown.
    init(seed: UInt64, tree: Int) {
        state = RandomStream.mixed(seed) ^ RandomStream.mixed(UInt64(tree) &* 0xD134_2543_DE82_EF95 &+ 1)
    }

    /// The next 64 random bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return RandomStream.mixed(state)
    }

    /// A number in `0..<bound`, all equally likely (Lemire, "Fast random integer generation in an interval", 2019).
    mutating func next(below bound: Int) -> Int {
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A number in 0..<1, in steps of 2^-53.
    mutating func nextShare() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
