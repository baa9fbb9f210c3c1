public import Football
import FoundationEssentials

/// A stored result that a feed gave differently later.
public struct Correction: Sendable, Hashable {
    /// The match.
    public var key: MatchKey
    /// The goals that stood until now.
    public var before: Sides<Int>
    /// The goals that stand since.
    public var after: Sides<Int>
    /// How often the match has been corrected, this time included.
    public var revision: Int

    /// Makes a correction.
    public init(key: MatchKey, before: Sides<Int>, after: Sides<Int>, revision: Int) {
        self.key = key
        self.before = before
        self.after = after
        self.revision = revision
    }
}

extension Session {
    /// Keeps what the staged results are about to replace, and returns it.
    func keepRevisions(source: String, at instant: Date) throws(HistoryError) -> [Correction] {
        try execute(
            """
            with corrected as (
                insert into result_revisions (
                    fixture_id, revision, source, recorded_at, previous_home_goals, previous_away_goals,
                    home_goals, away_goals
                )
                select f.id, 1 + (select count(*) from result_revisions where fixture_id = f.id), $1, $2,
                    m.home_goals, m.away_goals, s.home_goals, s.away_goals
                from staged_facts s join fixtures f using (division, season, home, away)
                join matches m on m.fixture_id = f.id
                where s.played and (m.home_goals, m.away_goals) is distinct from (s.home_goals, s.away_goals)
                order by s.position
                returning *
            )
            select f.division, f.season, f.home, f.away, c.previous_home_goals, c.previous_away_goals,
                c.home_goals, c.away_goals, c.revision
            from corrected c join fixtures f on f.id = c.fixture_id order by c.id
            """,
            [source, instant]
        ).map { row throws(HistoryError) in
            Correction(
                key: try row.key(), before: Sides(home: try row.next(), away: try row.next()),
                after: Sides(home: try row.next(), away: try row.next()), revision: try row.next())
        }
    }
}
