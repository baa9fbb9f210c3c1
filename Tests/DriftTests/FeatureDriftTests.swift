import Drift
import Testing

@Suite struct FeatureDriftTests {
    private func columns(_ count: Int, seed: UInt64, shifts: [Double]) -> [[Double]] {
        var numbers = Numbers(seed)
        return shifts.map { shift in (0..<count).map { _ in numbers.next() + shift } }
    }

    private func compare(
        _ names: [String], _ reference: [[Double]], _ current: [[Double]], significance: Double = 0.05,
        minimumSample: Int = 50
    ) -> [FeatureDrift] {
        compareFeatures(
            names: names, reference: reference, current: current,
            rule: ComparisonRule(significance: significance, minimumSample: minimumSample))
    }

    @Test func `the one feature that moved is found and the others are not`() {
        let comparison = compare(
            ["still", "moved", "calm"], columns(200, seed: 1, shifts: [0, 0, 0]),
            columns(100, seed: 2, shifts: [0, 0.4, 0]), significance: 0.01)
        #expect(comparison.map(\.name) == ["still", "moved", "calm"])
        #expect(comparison.map(\.state) == [.ok, .drifted, .ok])
        for feature in comparison {
            #expect((feature.referenceCount, feature.currentCount) == (200, 100))
            #expect((feature.adjustedPValue ?? -1) >= (feature.pValue ?? 2))
            #expect(feature.readings.map(\.measure) == DriftMeasure.allCases)
        }
    }

    @Test func `a reading is above its threshold where its p-value is below the corrected level`() {
        for seed in 0..<200 as Range<UInt64> {
            let comparison = compare(
                ["a", "b"], columns(300, seed: seed, shifts: [0, 0]),
                columns(120, seed: seed + 900, shifts: [Double(seed % 10) / 50, 0]))
            for reading in comparison.flatMap(\.readings) {
                guard let threshold = reading.threshold, let pValue = reading.pValue else { continue }
                // Two features, one deciding measure. The thresholds of two are of the limiting distribution.
                let isAbove = abs(reading.statistic) >= threshold
                let level = 0.05 / 2
                guard pValue < level * 0.75 || pValue > level * 1.3 else { continue }
                #expect(isAbove == (pValue < level), "\(reading)")
            }
        }
    }

    @Test func `categories are compared by their counts alone`() {
        let comparison = compareFeatures(
            names: ["outcome"], kinds: [.categories],
            reference: [(0..<300).map { Double($0 % 3) }], current: [(0..<120).map { Double($0 % 2) }],
            rule: ComparisonRule(significance: 0.01, minimumSample: 100))
        #expect(comparison[0].state == .drifted)
        #expect(comparison[0].readings.map(\.measure) == [.chiSquared, .populationStability, .jensenShannon])
        #expect(comparison[0].pValue == comparison[0][.chiSquared]?.pValue)
    }

    @Test func `below the minimum sample nothing is claimed`() {
        let comparison = compare(
            ["a"], columns(200, seed: 1, shifts: [0]), columns(49, seed: 2, shifts: [5]))
        #expect(comparison.map(\.state) == [.insufficientData])
        #expect(comparison[0].readings.isEmpty)
        #expect(comparison[0].adjustedPValue == nil)
        #expect(comparison[0].currentCount == 49)
    }

    @Test func `missing values are left out of their own feature alone`() {
        var current = columns(61, seed: 2, shifts: [0, 0])
        for index in 0..<20 { current[0][index] = .nan }
        let comparison = compare(["a", "b"], columns(60, seed: 1, shifts: [0, 0]), current)
        #expect(comparison.map(\.currentCount) == [41, 61])
        #expect(comparison.map(\.state) == [.insufficientData, .ok])
        // A feature that was not tested costs the others nothing.
        #expect(comparison[1].adjustedPValue == comparison[1].pValue)
    }

    @Test func `no rows at all are too little data, whatever the minimum`() {
        let comparison = compare(["a"], [[]], [[]], minimumSample: 0)
        #expect(comparison.map(\.state) == [.insufficientData])
    }

    @Test func `a feature that never varies says nothing`() {
        let same = [Array(repeating: 2.0, count: 120)]
        let comparison = compare(["a"], same, same)
        #expect(comparison.map(\.state) == [.ok])
        #expect(comparison[0].pValue == 1)
    }

    @Test func `states are spelled as labels`() {
        #expect(DriftState.allCases.map(\.rawValue) == ["ok", "drifted", "insufficient_data"])
    }
}
