/// The drift detection method for a stream of errors: 1 for a miss, 0 for a hit.
///
/// Source: Gama et al., "Learning with drift detection", SBIA 2004; defaults and details are those of river 0.26.
public struct DriftDetectionMethod: ChangeDetector, Hashable {
    /// Values before anything is detected.
    public var warmUp = 30
    /// How many deviations above the least error rate a warning begins.
    public var warningThreshold = 2.0
    /// How many deviations above the least error rate a change is detected.
    public var driftThreshold = 3.0
    /// Whether the last value was a warning.
    public private(set) var isWarning = false
    /// How many of its deviations the error rate is above the least one; 0 until both are known.
    public private(set) var value = 0.0

    private var count = 0
    private var rate = 0.0
    private var least: (rate: Double, deviation: Double)?
    private var detected = false

    /// Makes a detector with river's defaults.
    public init() {}

    /// Takes the next value; after a detection it starts anew.
    public mutating func update(_ value: Double) -> Bool {
        if detected {
            (count, rate, least, detected, isWarning) = (0, 0, nil, false, false)
        }
        count += 1
        rate += (value - rate) / Double(count)
        guard count > warmUp else { return false }
        let deviation = max(0, rate * (1 - rate) / Double(count)).squareRoot()
        let best: (rate: Double, deviation: Double)
        if let least, rate + deviation > least.rate + least.deviation { best = least } else { best = (rate, deviation) }
        least = best
        let excess = rate + deviation - best.rate
        self.value = best.deviation > 0 ? excess / best.deviation : 0
        detected = rate + deviation > best.rate + driftThreshold * best.deviation
        isWarning = !detected && rate + deviation > best.rate + warningThreshold * best.deviation
        return detected
    }

    /// Whether both have seen the same.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        (lhs.count, lhs.rate, lhs.detected, lhs.least?.rate) == (rhs.count, rhs.rate, rhs.detected, rhs.least?.rate)
    }

    /// Hashes what has been seen.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(rate)
    }
}
