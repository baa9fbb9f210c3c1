import Drift
import Testing

@Suite struct FeatureDriftTests {
    private func rows(_ count: Int, seed: UInt64, shifts: [Double]) -> [[Double]] {
        var numbers = Numbers(seed)
        return (0..<count).map { _ in shifts.map { numbers.next() + $0 } }
    }

    @Test func `the one feature that moved is found and the others are not`() {
        let comparison = compareFeatures(
            names: ["still", "moved", "calm"], reference: rows(200, seed: 1, shifts: [0, 0, 0]),
            current: rows(100, seed: 2, shifts: [0, 0.4, 0]), significance: 0.01, minimumSample: 50)
        #expect(comparison.map(\.name) == ["still", "moved", "calm"])
        #expect(comparison.map(\.state) == [.ok, .drifted, .ok])
        for feature in comparison {
            #expect(feature.result?.referenceCount == 200)
            #expect(feature.result?.currentCount == 100)
            #expect((feature.adjustedPValue ?? -1) >= (feature.result?.pValue ?? 2))
        }
    }

    @Test func `below the minimum sample nothing is claimed`() {
        let comparison = compareFeatures(
            names: ["a"], reference: rows(200, seed: 1, shifts: [0]), current: rows(49, seed: 2, shifts: [5]),
            significance: 0.05, minimumSample: 50)
        #expect(comparison.map(\.state) == [.insufficientData])
        #expect(comparison[0].result == nil)
        #expect(comparison[0].adjustedPValue == nil)
        #expect(comparison[0].currentCount == 49)
    }

    @Test func `missing values are left out of their own feature alone`() {
        var current = rows(60, seed: 2, shifts: [0, 0])
        for index in 0..<20 { current[index][0] = .nan }
        current.append([0.5])
        let comparison = compareFeatures(
            names: ["a", "b"], reference: rows(60, seed: 1, shifts: [0, 0]), current: current, significance: 0.05,
            minimumSample: 50)
        #expect(comparison.map(\.currentCount) == [41, 60])
        #expect(comparison.map(\.state) == [.insufficientData, .ok])
        // A feature that was not tested costs the others nothing.
        #expect(comparison[1].adjustedPValue == comparison[1].result?.pValue)
    }

    @Test func `no rows at all are too little data, whatever the minimum`() {
        let comparison = compareFeatures(
            names: ["a"], reference: [], current: [], significance: 0.05, minimumSample: 0)
        #expect(comparison.map(\.state) == [.insufficientData])
    }

    @Test func `without drift a false alarm over eight features is as rare as asked for`() {
        let names = (0..<8).map { "f\($0)" }
        let alarms = (0..<400).count { run in
            let reference = rows(40, seed: UInt64(1000 + run), shifts: Array(repeating: 0, count: 8))
            let current = rows(30, seed: UInt64(5000 + run), shifts: Array(repeating: 0, count: 8))
            return compareFeatures(
                names: names, reference: reference, current: current, significance: 0.05, minimumSample: 30
            ).contains { $0.state == .drifted }
        }
        // 0.05 of 400 is 20, with a standard error of 4.4. The exact test's steps make it a little rarer.
        #expect((4...33).contains(alarms), "\(alarms)")
    }

    @Test func `states are spelled as labels`() {
        #expect(DriftState.allCases.map(\.rawValue) == ["ok", "drifted", "insufficient_data"])
    }
}
