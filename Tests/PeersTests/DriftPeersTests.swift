import Drift
import Football
import Testing

/// Every two-sample statistic and p-value beside scipy's on random pairs of samples; the benchmark compares more.
@Suite struct DriftPeersTests {
    private static let names = [
        "KS", "KS p", "chi-squared", "chi-squared p", "PSI", "Jensen-Shannon", "Kullback-Leibler", "Hellinger",
        "Wasserstein", "energy", "t", "t p", "Cramer-von Mises", "Cramer-von Mises p",
    ]

    /// Smooth values, or counts of few different values, the second sample shifted or not.
    private static func pair(_ number: Int) -> (reference: [Double], current: [Double]) {
        var draws = SplitMix(seed: UInt64(number) &* 104_729 &+ 5)
        let shift = [0, 0, 0.1, 0.3, 0.5, 1][draws.below(6)]
        func sample(_ count: Int, _ shift: Double) -> [Double] {
            (0..<count).map { _ in
                let sum = (0..<6).reduce(-3.0) { total, _ in total + draws.unit() } * 2.squareRoot() + shift
                switch number % 3 {
                case 0: return sum
                case 1: return (sum * 4 + 12).rounded()
                default: return max(0, (sum * 1.3 + 1.8).rounded())
                }
            }
        }
        let counts = (draws.below(595) + 5, draws.below(395) + 5)
        return (sample(counts.0, 0), sample(counts.1, shift))
    }

    /// The numbers that ``names`` lists.
    private static func ours(_ pair: (reference: [Double], current: [Double])) throws -> [Double] {
        let reference = try SortedSample(pair.reference, name: "reference")
        let current = try SortedSample(pair.current, name: "current")
        let smirnov = KolmogorovSmirnov.test(reference: reference, current: current)
        let counts = BinCounts(Bins(quantilesOf: reference), reference: reference, current: current)
        let squared = ChiSquared.homogeneity(counts)
        let student = StudentTest.test(reference: reference, current: current)
        let mises = CramerVonMises.test(reference: reference, current: current)
        return [
            smirnov.statistic, smirnov.pValue, squared.statistic, squared.pValue,
            Divergences.populationStability(counts), Divergences.jensenShannon(counts),
            Divergences.kullbackLeibler(counts), Divergences.hellinger(counts),
            Wasserstein.distance(reference, current), EnergyDistance.distance(reference, current), student.statistic,
            student.pValue, mises.statistic, mises.pValue,
        ]
    }

    /// Where one less a number near to 1 leaves no more digits than these; scipy's series for the last ends at 1e-7.
    private static func floor(_ name: String) -> Double {
        switch name {
        case "Cramer-von Mises p": 3e-7
        case "Jensen-Shannon", "Hellinger", "Wasserstein", "energy", "t": 1e-14
        default: 0
        }
    }

    @Test func `every statistic and p-value of 1,500 random pairs of samples is scipy's`() async throws {
        let pairs = (0..<1_500).map(Self.pair)
        var input = [Double(pairs.count)]
        for (reference, current) in pairs {
            input += [Double(reference.count), Double(current.count)] + reference + current
        }
        let theirs = try await Peer.numbers("drift.py", from: input)
        try #require(theirs.count == pairs.count * Self.names.count)
        var differences = Self.names.map { _ in LargestDifference() }
        for (number, pair) in pairs.enumerated() {
            for (place, value) in try Self.ours(pair).enumerated() {
                let expected = theirs[number * Self.names.count + place]
                // A constant sample has no t, and what is below 1e-280 has lost its digits in both.
                guard expected.isFinite, abs(expected) > 1e-280 else { continue }
                differences[place].add(value, expected, floor: Self.floor(Self.names[place]))
            }
        }
        for (name, difference) in zip(Self.names, differences) {
            print("\(name): \(difference.compared) pairs, largest relative difference \(difference.value)")
            #expect(difference.value < 1e-9, "\(name)")
            #expect(difference.compared > 1_000, "\(name)")
        }
    }
}
