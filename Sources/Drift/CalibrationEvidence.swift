import Glibc

/// Evidence against calibrated probabilities that may be looked at after every outcome: an e-process.
///
/// It is the mean over alternatives of the running product of their probability of what happened over the given one. If
/// the given probabilities are right it exceeds 1 / alpha, ever, with probability of at most alpha (Ville's
/// inequality). Source: Ramdas et al., "Game-theoretic statistics and safe anytime-valid inference", 2023.
public struct CalibrationEvidence: Sendable, Hashable {
    /// The ways to be wrong that it weighs.
    public let alternatives: [CalibrationAlternative]
    /// Outcomes seen.
    public private(set) var count = 0
    /// The evidence's natural logarithm; 0 before the first outcome.
    public private(set) var logValue = 0.0
    /// The largest that ``logValue`` has been.
    public private(set) var logMaximum = 0.0
    private var logs: [Double]

    /// Begins with no evidence either way.
    public init(_ alternatives: [CalibrationAlternative] = CalibrationAlternative.league) {
        self.alternatives = alternatives
        logs = Array(repeating: 0, count: alternatives.count)
    }

    /// Takes an outcome, by its place among the probabilities.
    public mutating func update(_ probabilities: [Double], outcome: Int) {
        for index in alternatives.indices {
            logs[index] += alternatives[index].logRatio(probabilities, outcome: outcome)
        }
        count += 1
        logValue = logMeanOfExponentials(logs)
        logMaximum = max(logMaximum, logValue)
    }
}

/// The same evidence, restarted at every outcome and summed: it finds a change in mid-stream (Shiryaev and Roberts).
///
/// While the probabilities are right it takes at least `c` outcomes on average to exceed `c`. Source: Shin, Ramdas and
/// Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", 2022.
public struct CalibrationChange: Sendable, Hashable {
    /// The ways to be wrong that it weighs.
    public let alternatives: [CalibrationAlternative]
    /// Outcomes seen.
    public private(set) var count = 0
    /// The sum's natural logarithm; minus infinity before the first outcome.
    public private(set) var logValue = -Double.infinity
    /// Outcomes since the sum was last no more than it is expected to be after one: the supposed time since a change.
    public private(set) var runLength = 0
    private var sums: [Double]

    /// Begins with no outcome seen.
    public init(_ alternatives: [CalibrationAlternative] = CalibrationAlternative.league) {
        self.alternatives = alternatives
        sums = Array(repeating: 0, count: alternatives.count)
    }

    /// Takes an outcome, by its place among the probabilities.
    public mutating func update(_ probabilities: [Double], outcome: Int) {
        let share = 1 / Double(alternatives.count)
        for index in alternatives.indices {
            let ratio = exp(alternatives[index].logRatio(probabilities, outcome: outcome))
            // Beyond this it has long been certain, and larger values would overflow.
            sums[index] = min((sums[index] + share) * ratio, 1e300)
        }
        count += 1
        logValue = log(sums.reduce(0, +))
        runLength = logValue > 0 ? runLength + 1 : 0
    }
}

/// The logarithm of the mean of exponentials, without overflow.
private func logMeanOfExponentials(_ logs: [Double]) -> Double {
    guard let largest = logs.max(), largest.isFinite else { return 0 }
    return largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / Double(logs.count))
}
