public import FoundationEssentials

extension History {
    /// How much there is of everything, as seen at an instant.
    public func counts(at instant: Date) async throws(HistoryError) -> HistoryCounts {
        try await run(.counts) { session throws(HistoryError) in
            let counts = try session.execute(
                """
                select (select count(*) from matches), ahead.fixtures, ahead.next,
                    (select count(*) from quarantined_rows), (select count(*) from models),
                    (select count(*) from predictions), (select count(*) from evaluations),
                    newest.day, newest.kick_off, (select synthetic from provenance)
                from (
                    select max(f.day) as day, max(\(deadline)) as kick_off
                    from matches m join fixtures f on f.id = m.fixture_id
                ) newest, (
                    select count(*) as fixtures, min(\(deadline)) as next from fixtures f
                    where \(deadline) > $1 and not exists (select from matches where fixture_id = f.id)
                ) ahead
                """,
                [instant]
            ).first { row throws(HistoryError) in
                HistoryCounts(
                    matches: try row.next(), fixtures: try row.next(), nextKickOff: try row.optional(),
                    quarantined: try row.next(), models: try row.next(), predictions: try row.next(),
                    evaluations: try row.next(), newestMatch: try row.optional(), newestKickOff: try row.optional(),
                    synthetic: try row.optional())
            }
            guard let counts else { throw .unreadable("counts") }
            return counts
        }
    }
}
