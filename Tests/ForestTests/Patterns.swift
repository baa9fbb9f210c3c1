import Forest

/// Made-up rows whose classes follow a known rule.
enum Patterns {
    /// A repeatable stream of numbers for test data (Knuth's linear congruential generator).
    struct Numbers {
        private var state: UInt64
        init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

        /// A number in 0..<1.
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
    }

    /// Rows of `features` numbers in 0..<1, and for each the class by a rule.
    static func set(
        rows: Int, features: Int = 2, classes: Int, seed: UInt64 = 1, label: ([Double]) -> Int
    ) throws -> TrainingSet {
        var numbers = Numbers(seed)
        let values = (0..<rows).map { _ in (0..<features).map { _ in numbers.next() } }
        return try TrainingSet(
            features: values, labels: values.map(label), classes: classes, featureNames: names(features))
    }

    /// Three classes in bands of the first feature; the second is noise.
    static func bands(rows: Int = 300, seed: UInt64 = 1) throws -> TrainingSet {
        try set(rows: rows, classes: 3, seed: seed) { min(2, Int($0[0] * 3)) }
    }

    static func names(_ count: Int) -> [String] { (0..<count).map { "f\($0)" } }
}

extension Forest {
    /// The likeliest class of a row.
    func classOf(_ row: [Double]) throws -> Int? {
        let probabilities = try probabilities(row)
        return probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    }
}
