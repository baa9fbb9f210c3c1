import Exposition

/// A small random number generator, the same everywhere for the same seed.
///
/// Source: Steele, Lea, Flood: "Fast splittable
/// pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// One of some things.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    /// Any text: words, letters of all scripts, quotes, line ends, control characters, accents in two spellings.
    mutating func text(upTo length: Int = 12) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) {
            switch Int.random(in: 0..<6, using: &self) {
            case 0: text.append(pick(["\"", "\\", "\n", "{", "}", ",", "=", "#", " ", "\t", "\r", "\0", "n"]))
            case 1: text.append(Unicode.Scalar(UInt32.random(in: 0...0x10ffff, using: &self)) ?? "\u{fffd}")
            case 2:
                text.append(contentsOf: pick(["é", "e\u{301}", "🏟", "\u{2028}", "\u{feff}", "\u{85}"]).unicodeScalars)
            default: text.append(Unicode.Scalar(UInt8.random(in: 0x20...0x7e, using: &self)))
            }
        }
        return String(text)
    }

    /// Any number: of all magnitudes, whole, of few digits, and those that are none.
    mutating func number() -> Double {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: pick([.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p53])
        case 1: Double(Int64(truncatingIfNeeded: next()))
        case 2: Double(Int.random(in: -1000...1000, using: &self))
        case 3: Double(Int.random(in: -1_000_000...1_000_000, using: &self)) / 1000
        case 4: Double.random(in: -1e6...1e6, using: &self)
        case 5: Double(Int.random(in: 0...9_999_999, using: &self)) / pick([1e1, 1e5, 1e7, 1e12])
        default: Double(bitPattern: next())
        }
    }

    /// Any number that is at least 0.
    mutating func total() -> Double {
        let magnitude = number().magnitude
        return magnitude.isNaN ? 0 : magnitude
    }

    /// Up to so many different finite numbers, ascending.
    mutating func ascending(_ count: ClosedRange<Int>, _ make: (inout SplitMix) -> Double) -> [Double] {
        let wanted = Int.random(in: count, using: &self)
        var numbers: Set<Double> = []
        while numbers.count < wanted {
            let number = make(&self)
            if number.isFinite { numbers.insert(number == 0 ? 0 : number) }
        }
        return numbers.sorted()
    }
}
