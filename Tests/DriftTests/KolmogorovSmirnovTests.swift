import Drift
import FoundationEssentials
import TestSupport
import Testing

/// Statistics of real samples and of distribution functions, computed elsewhere.
private struct Golden: Decodable {
    struct Special: Decodable {
        let kolmogorov_sf: [[Double]]
    }
    let special: Special
}

@Suite struct KolmogorovSmirnovTests {
    @Test func `the exact p-value is the share of interleavings at least as far apart`() throws {
        // Of the 20 interleavings of two samples of 3, two are wholly apart, and ten are 2/3 or more apart.
        let apart = try KolmogorovSmirnov.test(reference: [1, 2, 3], current: [4, 5, 6])
        #expect(apart.statistic == 1)
        #expect(abs(apart.pValue - 0.1) < 1e-15)
        #expect((apart.referenceCount, apart.currentCount) == (3, 3))
        let near = try KolmogorovSmirnov.test(reference: [1, 2, 4], current: [3, 5, 6])
        #expect(abs(near.statistic - 2.0 / 3) < 1e-15)
        #expect(abs(near.pValue - 0.6) < 1e-15)
    }

    @Test(arguments: [(1, 1), (2, 3), (4, 2), (5, 5), (3, 7), (6, 4)])
    func `the exact p-value agrees with counting every interleaving`(m: Int, n: Int) throws {
        var statistics: [Double] = []
        var samples: [([Double], [Double])] = []
        for mask in 0..<(1 << (m + n)) where mask.nonzeroBitCount == m {
            let places = 0..<(m + n)
            let reference = places.filter { mask >> $0 & 1 == 1 }.map(Double.init)
            let current = places.filter { mask >> $0 & 1 == 0 }.map(Double.init)
            samples.append((reference, current))
            statistics.append(try KolmogorovSmirnov.test(reference: reference, current: current).statistic)
        }
        for (sample, statistic) in zip(samples, statistics) {
            let share = Double(statistics.count { $0 >= statistic - 1e-9 }) / Double(statistics.count)
            let result = try KolmogorovSmirnov.test(reference: sample.0, current: sample.1)
            #expect(abs(result.pValue - share) < 1e-12)
        }
    }

    @Test func `equal samples are as near as can be`() throws {
        let result = try KolmogorovSmirnov.test(reference: [2, 1, 2], current: [2, 2, 1, 1, 2, 2])
        #expect(result.statistic == 0)
        #expect(result.pValue == 1)
    }

    @Test func `the two samples may change places, and order within them does not matter`() throws {
        let (a, b) = ([0.3, 0.1, 0.9, 0.4, 0.4], [0.5, 0.7, 0.4, 1.2])
        let one = try KolmogorovSmirnov.test(reference: a, current: b)
        let other = try KolmogorovSmirnov.test(reference: b.reversed(), current: a.sorted())
        #expect(one.statistic == other.statistic)
        #expect(abs(one.pValue - other.pValue) < 1e-15)
    }

    @Test func `above the exact limit the limiting distribution serves`() throws {
        let reference = (0...KolmogorovSmirnov.exactLimit).map(Double.init)
        let current = (0..<500).map { Double($0) * 19 }
        let result = try KolmogorovSmirnov.test(reference: reference, current: current)
        let expected = KolmogorovSmirnov.asymptoticPValue(
            statistic: result.statistic, reference.count, current.count)
        #expect(result.pValue == expected)
        #expect((0.05...0.4).contains(result.pValue))
    }

    @Test func `the limiting distribution agrees with independent values`() throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
        #expect(golden.special.kolmogorov_sf.count == 5)
        for pair in golden.special.kolmogorov_sf {
            #expect(abs(KolmogorovSmirnov.survival(pair[0]) / pair[1] - 1) < 1e-9)
        }
        #expect(KolmogorovSmirnov.survival(0) == 1)
        #expect(KolmogorovSmirnov.survival(-1) == 1)
        #expect(KolmogorovSmirnov.survival(40) == 0)
    }

    @Test func `the two series of the limiting distribution meet`() {
        let (below, above) = (KolmogorovSmirnov.survival(1.0.nextDown), KolmogorovSmirnov.survival(1))
        #expect(abs(below - above) < 1e-14)
    }

    @Test func `an empty sample and a value that is no number are refused`() {
        #expect(throws: DriftError.emptySample(name: "reference")) {
            try KolmogorovSmirnov.test(reference: [], current: [1])
        }
        #expect(throws: DriftError.notANumber(sample: "current", index: 1)) {
            try KolmogorovSmirnov.test(reference: [1], current: [1, .nan])
        }
    }
}
