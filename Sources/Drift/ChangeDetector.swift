/// Watches a stream of values for a change.
public protocol ChangeDetector: Sendable {
    /// Takes the next value, and returns whether a change is detected with it.
    mutating func update(_ value: Double) -> Bool
}

/// Sums up how far values exceed what is allowed: the one-sided cumulative sum of Page.
///
/// Source: Page, "Continuous inspection schemes", Biometrika 41 (1954).
public struct CumulativeSum: ChangeDetector, Hashable {
    /// What a value may be on average without the sum rising.
    public let allowance: Double
    /// The sum at which a change is detected.
    public let threshold: Double
    /// The sum so far, 0 or more.
    public private(set) var value = 0.0
    /// How many values have come since the sum was last 0: the estimated time since the change.
    public private(set) var runLength = 0

    /// Makes a detector.
    public init(allowance: Double, threshold: Double) {
        self.allowance = allowance
        self.threshold = threshold
    }

    /// Takes the next value.
    public mutating func update(_ value: Double) -> Bool {
        self.value = max(0, self.value + value - allowance)
        runLength = self.value > 0 ? runLength + 1 : 0
        return self.value >= threshold
    }
}
