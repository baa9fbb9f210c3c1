/// A repeatable stream of random numbers, which its seed determines on every platform.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix: Sendable {
    private var state: UInt64

    /// Starts the stream of a seed; equal seeds give equal numbers.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    /// A whole number from 0 to below a bound above 0, reduced to the range by Lemire's multiplication.
    public mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    /// A number from 0 to below 1, in steps of 2^-53.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Different places below a bound, `bound` at most, all choices equally likely.
    public mutating func places(_ count: Int, below bound: Int) -> [Int] {
        var places = Array(0..<bound)
        for place in 0..<min(count, bound) { places.swapAt(place, place + below(bound - place)) }
        return Array(places.prefix(count))
    }
}
