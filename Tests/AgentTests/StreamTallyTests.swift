import Testing

@testable import Agent

@Suite struct StreamTallyTests {
    private func standing(_ statistic: Double, detected: Bool = false) -> StreamStanding {
        StreamStanding(
            detector: .pairedSum, statistic: statistic, threshold: 3, isDetected: detected, runLength: 1, matches: 1)
    }

    @Test func `a median counts the seasons without a finding as infinitely late`() {
        #expect(StreamTally.median([30, 10, 20], of: 3) == 20)
        #expect(StreamTally.median([30, 10, 20], of: 5) == 30)
        #expect(StreamTally.median([30, 10, 20], of: 6) == nil)
        #expect(StreamTally.median([], of: 0) == nil)
    }

    @Test func `one healthy season in twenty reaches the limit, by which faults are judged as by the threshold`()
        throws
    {
        var healthy = StreamTally()
        for season in 0..<100 {
            healthy.note([standing(Double(season) / 100), standing(0)], matches: 1, limits: [:])
            healthy.endSeason()
        }
        let limits = healthy.limits
        #expect(limits == [.pairedSum: 0.95])
        let calm = try #require(healthy.rates(of: "healthy", limits: limits).first { $0.detector == "paired_cusum" })
        #expect(calm.seasons == 100 && calm.found == 0 && calm.foundAlike == 5 && calm.medianAlike == nil)

        var faulty = StreamTally()
        for season in 0..<4 {
            // Before the fault nothing counts, however large.
            faulty.note([standing(9, detected: true)], matches: 0, limits: limits)
            faulty.note([standing(0.96)], matches: 10 + season, limits: limits)
            faulty.note([standing(3, detected: season > 0)], matches: 20 + season, limits: limits)
            faulty.note([standing(4, detected: true)], matches: 30 + season, limits: limits)
            faulty.endSeason()
        }
        let rate = try #require(faulty.rates(of: "faulty", limits: limits).first { $0.detector == "paired_cusum" })
        #expect(rate.found == 4 && rate.medianMatches == 23)
        #expect(rate.foundAlike == 4 && rate.medianAlike == 12)
        #expect(rate.limitOfTwenty == 0.95 && rate.largestOfTwenty == 9)
        let other = try #require(faulty.rates(of: "faulty", limits: limits).first { $0.detector == "kswin" })
        #expect(other.found == 0 && other.foundAlike == nil && other.limitOfTwenty == nil)
    }
}
