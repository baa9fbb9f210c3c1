import Exposition
import Football
import FoundationEssentials
import Glibc
import Testing

@testable import Agent
@testable import History

struct ShadowScoresTests {
    private func page(_ scores: Snapshot.ShadowScores?) -> (matches: Double?, mean: Double?, bounds: [Double?]) {
        let snapshots = SnapshotStore()
        var snapshot = Snapshot()
        snapshot.shadows = scores
        snapshots.publish(snapshot)
        let families = ShadowCollector(snapshots: snapshots).collect()
        let bounds = ["lower", "upper"].map { families[2].value([$0]) }
        return (families[0].value([]), families[1].value([]), bounds)
    }

    @Test func `the candidate less the champion on the same matches, with how many and within which bounds`() throws {
        let pairs = (0..<40).map { Example.shadowPair($0, candidate: $0 % 2 == 0 ? 0.5 : 0.35) }
        let shown = page(Snapshot.ShadowScores(pairs))
        let expected = pairs.reduce(0) { $0 - log($1.candidate.home) + log($1.champion.home) } / 40
        #expect(shown.matches == 40 && abs((shown.mean ?? 1) - expected) < 1e-12)
        let (lower, upper) = (try #require(shown.bounds[0]), try #require(shown.bounds[1]))
        #expect(lower < expected && expected < upper && upper - lower < 0.2)
        // What is known is not computed again.
        #expect(Snapshot.ShadowScores(pairs, before: Snapshot.ShadowScores(pairs)).logLoss?.value == shown.mean)
    }

    @Test func `what is not known is absent: the difference without a match, its bounds within one matchweek`() {
        let none = page(Snapshot.ShadowScores([]))
        #expect(none.matches == 0 && none.mean == nil && none.bounds == [nil, nil])
        let one = page(Snapshot.ShadowScores([Example.shadowPair(0)]))
        #expect(one.matches == 1 && one.mean != nil && one.bounds == [nil, nil])
        #expect(page(nil).matches == nil)
    }
}
