import Football
import FoundationEssentials
import Glibc
import Testing

@testable import Agent

@Suite struct ScoreStreamsTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    /// Outcomes drawn from `truth` in turn, forecast as `given`, with a market that knows the truth.
    private func streams(
        _ matches: Int, given: [Double], truth: [Double] = [0.6, 0.25, 0.15], season: Int = 2023, seed: UInt64 = 1,
        into streams: ScoreStreams = ScoreStreams()
    ) -> ScoreStreams {
        var (streams, draws) = (streams, SplitMix(seed: seed))
        for place in 0..<matches {
            let at = draws.unit()
            let outcome = at < truth[0] ? 0 : at < truth[0] + truth[1] ? 1 : 2
            streams.update(
                ScoreStreams.Item(
                    season: Season(startYear: season), at: start.addingTimeInterval(Double(place) * 86_400),
                    probabilities: given, outcome: outcome, marketLoss: -log(truth[outcome])))
        }
        return streams
    }

    private func standing(_ streams: ScoreStreams, _ detector: StreamDetector) throws -> StreamStanding {
        try #require(streams.standings.first { $0.detector == detector })
    }

    @Test func `nothing is said before the first score, and everything after it`() {
        #expect(ScoreStreams().standings.isEmpty)
        #expect(streams(1, given: [0.5, 0.3, 0.2]).standings.map(\.detector) == StreamDetector.allCases)
    }

    @Test func `forecasts that are right raise no alarm over a season`() throws {
        let streams = streams(380, given: [0.6, 0.25, 0.15])
        for standing in streams.standings where standing.detector.raisesAlarm {
            #expect(!standing.isDetected, "\(standing)")
            #expect(standing.matches == 380)
        }
    }

    @Test func `home and away swapped raises every alarm within a few dozen matches`() {
        for standing in streams(60, given: [0.15, 0.25, 0.6]).standings where standing.detector.raisesAlarm {
            #expect(standing.isDetected, "\(standing)")
        }
    }

    @Test func `evidence is weighed by the season, the rest goes on`() throws {
        let before = streams(60, given: [0.15, 0.25, 0.6])
        let after = streams(1, given: [0.6, 0.25, 0.15], season: 2024, into: before)
        #expect(try standing(after, .evidence).matches == 1)
        #expect(try !standing(after, .evidence).isDetected)
        #expect(try standing(after, .restartedEvidence).matches == 61)
        #expect(try standing(after, .pairedSum).isDetected)
    }

    @Test func `a detector that is restarted counts only what came after`() throws {
        let restarts = [StreamDetector.pairedSum: start.addingTimeInterval(49.5 * 86_400)]
        let streams = streams(60, given: [0.15, 0.25, 0.6], into: ScoreStreams(restarts: restarts))
        #expect(try standing(streams, .pairedSum).matches == 10)
        #expect(try standing(streams, .evidence).matches == 60)
    }

    @Test func `the same scores come to the same, however often they are read`() {
        #expect(streams(200, given: [0.5, 0.3, 0.2]).standings == streams(200, given: [0.5, 0.3, 0.2]).standings)
    }
}
