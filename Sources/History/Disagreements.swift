public import Football
public import FoundationEssentials

/// A score that a source gave and that the history, by its merge rule, holds differently.
public struct Disagreement: Sendable, Hashable {
    /// Which score; its raw value is a metric label.
    public enum Score: String, CaseIterable, Sendable {
        /// The final score.
        case final
        /// The score at half-time.
        case halfTime = "half_time"
    }

    /// The match.
    public var key: MatchKey
    /// Who says otherwise.
    public var source: String
    /// Which score.
    public var score: Score
    /// What the source says.
    public var theirs: Sides<Int>
    /// What the history holds.
    public var kept: Sides<Int>

    /// Makes a disagreement.
    public init(key: MatchKey, source: String, score: Score, theirs: Sides<Int>, kept: Sides<Int>) {
        self.key = key
        self.source = source
        self.score = score
        self.theirs = theirs
        self.kept = kept
    }
}

extension History {
    /// Compares what sources announced of finished matches with the results that are kept, and remembers what differs.
    ///
    /// - Parameters:
    ///   - division: The division's code.
    ///   - season: The first season that is looked at.
    ///   - instant: When.
    /// - Returns: The disagreements that were not known before: each is returned once, ever.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func newDisagreements(
        division: String, from season: Season, at instant: Date
    ) async throws(HistoryError) -> [Disagreement] {
        try await run(.ingests, isWrite: true) { session throws(HistoryError) in
            try session.execute(
                """
                with told as (
                    select f.id, a.source, a.home_goals, a.away_goals, a.half_time_home_goals, a.half_time_away_goals,
                        m.home_goals as kept_home, m.away_goals as kept_away,
                        m.half_time_home_goals as kept_half_home, m.half_time_away_goals as kept_half_away
                    from announcements a join fixtures f using (division, season, home, away)
                    join matches m on m.fixture_id = f.id
                    where a.status = 'finished' and a.division = $1 and a.season >= $2
                ), found as (
                    insert into feed_disagreements
                    select id, source, 'final', home_goals, away_goals, kept_home, kept_away, $3::timestamptz
                    from told where (home_goals, away_goals) <> (kept_home, kept_away)
                    union all
                    select id, source, 'half_time', half_time_home_goals, half_time_away_goals, kept_half_home,
                        kept_half_away, $3
                    from told where (half_time_home_goals, half_time_away_goals) <> (kept_half_home, kept_half_away)
                    on conflict do nothing returning *
                )
                select f.division, f.season, f.home, f.away, d.source, d.score, d.their_home_goals, d.their_away_goals,
                    d.kept_home_goals, d.kept_away_goals
                from found d join fixtures f on f.id = d.fixture_id order by f.day, f.id, d.source, d.score
                """,
                [division, season.startYear, instant]
            ).map { row throws(HistoryError) in
                let (key, source) = (try row.key(), try row.next(String.self))
                let text = try row.next(String.self)
                guard let score = Disagreement.Score(rawValue: text) else {
                    throw .unreadable("the score of a disagreement: \(text)")
                }
                return Disagreement(
                    key: key, source: source, score: score, theirs: Sides(home: try row.next(), away: try row.next()),
                    kept: Sides(home: try row.next(), away: try row.next()))
            }
        }
    }
}
