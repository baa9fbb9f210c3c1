public import Football
public import FoundationEssentials

/// What the candidate and the champion of the time said of one match, of which one was served and one kept beside it.
public struct ShadowPair: Sendable, Hashable {
    /// The match.
    public var key: MatchKey
    /// The instant by which both had to be made.
    public var deadline: Date
    /// How the match ended.
    public var outcome: Outcome
    /// What the candidate said.
    public var candidate: OutcomeProbabilities
    /// What the champion said.
    public var champion: OutcomeProbabilities
}

extension History {
    /// The matches played last that two models forecast, newest kick-off first, of the `limit` newest matches.
    ///
    /// Of each match the latest forecast that was served and the latest that was not are taken, if two models made
    /// them. The candidate is always the one that was kept later, whichever of them was served.
    public func shadowPairs(limit: Int) async throws(HistoryError) -> [ShadowPair] {
        try await run(.evaluations) { session throws(HistoryError) in
            try session.execute(
                """
                select f.division, f.season, f.home, f.away, f.starts, e.outcome, shadow.model_id > served.model_id,
                    shadow.home, shadow.draw, shadow.away, served.home, served.draw, served.away
                from (
                    select f.*, \(deadline) as starts from matches m join fixtures f on f.id = m.fixture_id
                    order by starts desc limit $1
                ) f cross join lateral (
                    select p.* from predictions p join evaluations e on e.prediction_id = p.id
                    where p.fixture_id = f.id and not p.shadow order by p.made_at desc, p.id desc limit 1
                ) served cross join lateral (
                    select p.* from predictions p join evaluations e on e.prediction_id = p.id
                    where p.fixture_id = f.id and p.shadow order by p.made_at desc, p.id desc limit 1
                ) shadow join evaluations e on e.prediction_id = served.id
                where shadow.model_id <> served.model_id order by f.starts desc, served.id desc
                """,
                [max(0, limit)]
            ).map { row throws(HistoryError) in try row.pair() }
        }
    }
}

extension Row {
    fileprivate mutating func pair() throws(HistoryError) -> ShadowPair {
        let (key, deadline, outcome) = (try key(), try next(Date.self), try outcome())
        let isCandidates = try next(Bool.self)
        let shadow = OutcomeProbabilities(home: try next(), draw: try next(), away: try next())
        let served = OutcomeProbabilities(home: try next(), draw: try next(), away: try next())
        return ShadowPair(
            key: key, deadline: deadline, outcome: outcome, candidate: isCandidates ? shadow : served,
            champion: isCandidates ? served : shadow)
    }
}
