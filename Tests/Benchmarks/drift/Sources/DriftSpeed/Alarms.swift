internal import Drift
internal import Glibc

/// Knuth's linear congruential generator, and normal numbers from it by Box and Muller.
struct Numbers {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }

    mutating func normal() -> Double { (-2 * log(next())).squareRoot() * cos(2 * Double.pi * next()) }
}

/// Features like a match's: a third smooth, a third like counts of shots, a third like counts of cards.
func draw(_ count: Int, _ features: Int, shift: Double, _ numbers: inout Numbers) -> [[Double]] {
    (0..<features).map { feature in
        (0..<count).map { _ in
            let value = numbers.normal() + shift
            switch feature % 3 {
            case 0: return exp(value / 2)
            case 1: return (value * 4 + 12).rounded()
            default: return (value * 1.3 + 1.8).rounded()
            }
        }
    }
}

/// Prints the family-wise false-alarm rate over 15 features without drift, and the power for half a deviation.
func alarms(runs: Int) throws {
    let names = (0..<15).map { "f\($0)" }
    for reference in [380, 3040] {
        for window in [40, 100, 190, 380] {
            for correction in Correction.allCases {
                let rule = ComparisonRule(
                    significance: 0.05, minimumSample: 30, correction: correction, measures: [])
                var numbers = Numbers(UInt64(window + reference))
                let alarms = (0..<runs).count { _ in
                    compareFeatures(
                        names: names, reference: draw(reference, 15, shift: 0, &numbers),
                        current: draw(window, 15, shift: 0, &numbers), rule: rule
                    ).contains { $0.state == .drifted }
                }
                let rate = Double(alarms) / Double(runs)
                print("reference \(reference) window \(window) \(correction.rawValue) family-wise rate \(rate) of 0.05")
            }
        }
        var numbers = Numbers(UInt64(reference))
        var found: [DriftMeasure: Int] = [:]
        let rounds = runs / 4
        for _ in 0..<rounds {
            let comparison = compareFeatures(
                names: names, reference: draw(reference, 15, shift: 0, &numbers),
                current: draw(100, 15, shift: 0.5, &numbers),
                rule: ComparisonRule(significance: 0.05, minimumSample: 30))
            for reading in comparison.flatMap(\.readings) where (reading.pValue ?? 1) <= 0.05 {
                found[reading.measure, default: 0] += 1
            }
        }
        for measure in DriftMeasure.allCases where measure != .wasserstein {
            let power = Double(found[measure, default: 0]) / Double(15 * rounds)
            print("reference \(reference) window 100 half a deviation power \(measure.rawValue) \(power)")
        }
    }
}
