import Drift
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Sequential statistics on three real seasons, computed elsewhere from the odds.
private struct Golden: Decodable {
    struct Season: Decodable {
        let season: Int
        let log_e_at: [String: Double]
        let max_log_e, z_mean, z_sd: Double
        let z_first5: [Double]
        let cusum_k025_at: [String: Double]
        let cusum_max: Double
        let swapped_feed_first_alarm_match: Int
    }
    let stream: [Season]
}

@Suite struct ScoreStreamTests {
    /// What the odds of a season's matches say after the power method, and what happened.
    private func season(_ start: Int) throws -> [(probabilities: [Double], outcome: Int)] {
        let code = "\(start % 100)\(start % 100 + 1)"
        let text = String(
            decoding: try SharedData.bytes("football-data.co.uk/mmz4281/\(code)/E0.csv"), as: UTF8.self)
        let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let places = ["B365H", "B365D", "B365A", "FTR"].compactMap { rows[0].firstIndex(of: $0[...]) }
        return rows.dropFirst().compactMap { row -> (probabilities: [Double], outcome: Int)? in
            let inverse = places.prefix(3).compactMap { Double(row[$0]) }.map { 1 / $0 }
            guard inverse.count == 3, let outcome = ["H", "D", "A"].firstIndex(of: row[places[3]]) else { return nil }
            var (low, high) = (0.0, 100.0)
            for _ in 0..<200 {
                let middle = (low + high) / 2
                if inverse.reduce(0, { $0 + pow($1, middle) }) > 1 { low = middle } else { high = middle }
            }
            let powers = inverse.map { pow($0, low) }
            return (powers.map { $0 / powers.reduce(0, +) }, outcome)
        }
    }

    @Test func `evidence, standardised losses and their sum are the independent ones on three seasons`() throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
        #expect(golden.stream.count == 3)
        for expected in golden.stream {
            let matches = try season(expected.season)
            #expect(matches.count == 380)
            var evidence = CalibrationEvidence()
            var sum = CumulativeSum(allowance: 0.25, threshold: .infinity)
            var largest = (evidence: -Double.infinity, sum: 0.0)
            var losses: [Double] = []
            func near(_ found: Double, _ value: Double?, _ what: String) {
                guard let value else { return }
                #expect(abs(found - value) <= 1e-9 * abs(value) + 1e-11, "\(expected.season) \(what)")
            }
            for (place, match) in matches.enumerated() {
                evidence.update(match.probabilities, outcome: match.outcome)
                losses.append(StandardisedLoss.value(match.probabilities, outcome: match.outcome))
                _ = sum.update(losses[place])
                largest = (max(largest.evidence, evidence.logValue), max(largest.sum, sum.value))
                near(evidence.logValue, expected.log_e_at["\(place + 1)"], "evidence at \(place + 1)")
                near(sum.value, expected.cusum_k025_at["\(place + 1)"], "sum at \(place + 1)")
            }
            near(largest.evidence, expected.max_log_e, "largest evidence")
            near(largest.sum, expected.cusum_max, "largest sum")
            for (found, value) in zip(losses, expected.z_first5) { near(found, value, "standardised loss") }
            let sample = try SortedSample(losses, name: "losses")
            near(sample.mean, expected.z_mean, "mean")
            near(sample.deviation * (380.0 / 379).squareRoot(), expected.z_sd, "deviation")
        }
    }

    @Test func `home and away swapped is found where the independent e-process finds it`() throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
        for expected in golden.stream {
            var evidence = CalibrationEvidence()
            let found = try season(expected.season).firstIndex { match in
                evidence.update(match.probabilities.reversed(), outcome: match.outcome)
                return evidence.logValue >= log(20)
            }
            #expect((found ?? -2) + 1 == expected.swapped_feed_first_alarm_match)
        }
    }

    @Test func `alternatives are probabilities: their ratios average to 1 over the outcomes`() {
        let given = [0.55, 0.25, 0.2]
        for alternative in CalibrationAlternative.league {
            let total = (0..<3).reduce(0.0) { $0 + given[$1] * exp(alternative.logRatio(given, outcome: $1)) }
            #expect(abs(total - 1) < 1e-14, "\(alternative)")
        }
        #expect(CalibrationAlternative.league.count == 10)
    }

    @Test func `a change in mid-stream raises the restarted evidence long before the other`() throws {
        let matches = try season(2021) + season(2022)
        var (evidence, change) = (CalibrationEvidence(), CalibrationChange())
        var (byEvidence, byChange): (Int?, Int?) = (nil, nil)
        for (place, match) in matches.enumerated() {
            let given = place < 380 ? match.probabilities : match.probabilities.reversed()
            evidence.update(given, outcome: match.outcome)
            change.update(given, outcome: match.outcome)
            if place < 380 { #expect(change.logValue < log(2000)) }
            if byEvidence == nil, evidence.logValue >= log(20) { byEvidence = place }
            if byChange == nil, change.logValue >= log(2000) { byChange = place }
        }
        #expect(try #require(byChange) < 380 + 60)
        #expect(try #require(byEvidence) > 380)
    }
}
