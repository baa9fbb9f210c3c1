import Football
import FoundationEssentials

@testable import History

extension Example {
    /// A match that a candidate and the champion forecast, which the home team won; two days before the one of the number below.
    static func shadowPair(_ number: Int, candidate: Double = 0.5, champion: Double = 0.4) -> ShadowPair {
        ShadowPair(
            key: MatchKey(division: "E0", season: Season(startYear: 2023), home: "A", away: "B\(number)"),
            deadline: instant.addingTimeInterval(Double(-number) * 2 * 86_400), outcome: .home,
            candidate: OutcomeProbabilities(home: candidate, draw: 0.3, away: 0.7 - candidate),
            champion: OutcomeProbabilities(home: champion, draw: 0.3, away: 0.7 - champion))
    }
}
