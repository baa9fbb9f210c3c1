import Drift
import Testing

/// Small counts here; `Tests/Benchmarks/drift` counts tens of thousands.
@Suite struct FalseAlarmTests {
    /// Normal numbers, of which each feature's are as discrete as counts of a match are, or not at all.
    private func columns(_ count: Int, _ features: Int, shift: Double = 0, _ numbers: inout Numbers) -> [[Double]] {
        (0..<features).map { feature in
            (0..<count).map { _ in
                let sum = (0..<3).reduce(-3.0) { total, _ in total + 2 * numbers.next() } + shift
                return feature % 2 == 0 ? sum : (sum * 3).rounded()
            }
        }
    }

    @Test(arguments: [40, 100, 190, 380], [Correction.holm])
    func `without drift a false alarm over 15 features is about as rare as asked for`(
        window: Int, correction: Correction
    ) {
        let names = (0..<15).map { "f\($0)" }
        let rule = ComparisonRule(significance: 0.1, minimumSample: 30, correction: correction, measures: [])
        var numbers = Numbers(UInt64(window))
        let runs = 60
        let alarms = (0..<runs).count { _ in
            compareFeatures(
                names: names, reference: columns(380, 15, &numbers), current: columns(window, 15, &numbers), rule: rule
            ).contains { $0.state == .drifted }
        }
        // 6 of 60 are asked for; above 17 has a chance of 1 in 10,000.
        #expect((1...17).contains(alarms), "\(alarms) of \(runs)")
    }

    @Test func `half a standard deviation is found in 100 matches nine times out of ten`() {
        let rule = ComparisonRule(significance: 0.05, minimumSample: 30, measures: [])
        var numbers = Numbers(5)
        var found = 0
        for _ in 0..<30 {
            let comparison = compareFeatures(
                names: (0..<15).map { "f\($0)" }, reference: columns(380, 15, &numbers),
                current: columns(100, 15, shift: 0.5, &numbers), rule: rule)
            found += comparison.count { ($0.pValue ?? 1) <= 0.05 }
        }
        #expect(Double(found) / 450 >= 0.9, "\(found)")
    }
}
