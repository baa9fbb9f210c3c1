import Football
import Testing

/// Every score of forecasts beside scikit-learn's and scipy's on thousands of random samples.
@Suite struct ScorePeersTests {
    private static let names =
        [
            "accuracy", "log loss", "Brier score", "ranked probability score", "calibration error",
            "classwise calibration error", "Wilson's lower end", "Wilson's upper end", "lower end of the log loss",
            "upper end of the log loss",
        ]
        + ["home", "draw", "away"].flatMap { outcome in
            ["precision", "recall", "F1", "area under the curve"].map { "\($0) of \(outcome)" }
        }

    /// Between 2 and 400 matches: forecasts sharp or flat, every third sample rounded so that many are equal, outcomes
    /// now drawn from them, now not.
    private static func sample(_ number: Int) -> [(OutcomeProbabilities, Outcome)] {
        var draws = SplitMix(seed: UInt64(number) &* 7_919 &+ 1)
        let count = number % 10 == 0 ? 2 + draws.below(9) : 11 + draws.below(390)
        let sharpness = 0.2 + 3 * draws.unit()
        return (0..<count).map { _ in
            var weights = (0..<3).map { _ in 0.001 + (0..<4).reduce(0.0) { sum, _ in sum + draws.unit() } / 4 }
            for place in weights.indices where sharpness > 1 { weights[place] *= weights[place] }
            if number % 3 == 0 {
                weights = weights.map { max(1, ($0 * 10).rounded()) }
            }
            let forecast = OutcomeProbabilities(normalising: weights)
            let at = draws.unit()
            let drawn: Outcome =
                at < forecast.home ? .home : at < forecast.home + forecast.draw ? .draw : .away
            let other = Outcome.allCases[draws.below(number % 10 == 0 ? 2 : 3)]
            return (forecast, number % 2 == 0 ? drawn : other)
        }
    }

    /// The numbers that ``names`` lists.
    private static func ours(_ pairs: [(OutcomeProbabilities, Outcome)]) throws -> [Double?] {
        let summary = try #require(ScoreSummary(pairs))
        let reliability = Reliability(pairs)
        return [
            summary.accuracy, summary.logLoss, summary.brier, summary.rankedProbability, reliability.expectedError,
            reliability.classwiseError, summary.accuracyInterval.lower, summary.accuracyInterval.upper,
            summary.logLossInterval?.lower, summary.logLossInterval?.upper,
        ]
            + Outcome.allCases.flatMap { outcome -> [Double?] in
                let scores = OutcomeScores(outcome, pairs)
                return [scores.precision, scores.recall, scores.f1, scores.areaUnderCurve]
            }
    }

    @Test func `every score of 2,000 random samples is scikit-learn's or scipy's`() async throws {
        let samples = (0..<2_000).map(Self.sample)
        var input = [Double(samples.count)]
        for pairs in samples {
            input.append(Double(pairs.count))
            for (forecast, _) in pairs { input += forecast.values }
            input += pairs.map { Double($0.1.rawValue) }
        }
        let theirs = try await Peer.numbers("scores.py", from: input)
        try #require(theirs.count == samples.count * Self.names.count)
        var differences = Self.names.map { _ in LargestDifference() }
        for (number, pairs) in samples.enumerated() {
            for (place, value) in try Self.ours(pairs).enumerated() {
                let expected = theirs[number * Self.names.count + place]
                #expect((value == nil) == expected.isNaN, "\(Self.names[place]) of sample \(number)")
                if let value, !expected.isNaN { differences[place].add(value, expected, floor: 1e-15) }
            }
        }
        for (name, difference) in zip(Self.names, differences) {
            print("\(name): \(difference.compared) samples, largest relative difference \(difference.value)")
            #expect(difference.value < 1e-9, "\(name)")
            #expect(difference.compared > 1_700, "\(name)")
        }
    }
}
