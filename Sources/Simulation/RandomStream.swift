import Glibc

/// A stream of random numbers that its seed determines on every platform.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (SplitMix64).
struct RandomStream: RandomNumberGenerator {
    private var state: UInt64

    /// Starts the stream that belongs to a seed and a path of numbers below it.
    init(seed: UInt64, _ path: Int...) {
        state = seed
        for step in path { state = next() ^ UInt64(truncatingIfNeeded: step) }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in 0..<1.
    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Standard normal, by Box and Muller's transform.
    mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    /// Poisson by inversion: one draw whatever the mean, so that a changed mean leaves later draws as they were.
    mutating func poisson(_ mean: Double) -> Int {
        let target = uniform()
        var count = 0
        var probability = exp(-mean)
        var cumulative = probability
        while cumulative < target, count < 99 {
            count += 1
            probability *= mean / Double(count)
            cumulative += probability
        }
        return count
    }
}
