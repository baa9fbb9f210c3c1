public import FoundationEssentials

/// How the feeds are put together where more than one speaks of a match.
///
/// Odds and match statistics come from football-data.co.uk alone. A result of its season file replaces any other; the
/// other feeds give results only to matches that have none. Kick-offs of matches ahead come from the fantasy game,
/// else from football-data.org, else from football-data.co.uk.
public enum FeedMerge {
    /// The sources of kick-offs besides football-data.co.uk, the most trusted first.
    public static let kickOffSources = ["fantasy", "football_data_org"]

    /// Puts fixtures where the sources that are trusted more than theirs announce them.
    ///
    /// - Parameters:
    ///   - fixtures: The fixtures of one source.
    ///   - source: That source's name; any other than ``kickOffSources`` is trusted least.
    ///   - announced: Kick-offs by match and by source.
    /// - Returns: The fixtures in the same order.
    public static func place(
        _ fixtures: [Fixture], from source: String, announced: [MatchKey: [String: Date]]
    ) -> [Fixture] {
        let better = kickOffSources.prefix { $0 != source }
        return fixtures.map { fixture in
            guard let known = announced[fixture.key], let kickOff = better.lazy.compactMap({ known[$0] }).first else {
                return fixture
            }
            return Fixture(key: fixture.key, day: Day(inLondon: kickOff), kickOff: kickOff, odds: fixture.odds)
        }
    }

    /// What announcements add to matches whose results are not known: fixtures ahead, and results.
    ///
    /// - Parameters:
    ///   - announcements: What a source says now.
    ///   - resulted: Matches whose results are known already.
    /// - Returns: Fixtures of matches that are not over, and matches that are.
    public static func news(
        in announcements: [Announcement], resulted: Set<MatchKey>
    ) -> (fixtures: [Fixture], matches: [Match]) {
        let open = announcements.filter { !resulted.contains($0.key) }
        return (open.filter { $0.status != .finished }.compactMap(\.fixture), open.compactMap(\.match))
    }
}
