public import FoundationEssentials

/// How many rows a table has: counted below 100,000, and as the server's statistics have it above.
private func roughly(_ table: String) -> String {
    """
    (select case when reltuples > 100000 then reltuples::bigint else (select count(*) from \(table)) end
     from pg_class where oid = '\(table)'::regclass)
    """
}

extension History {
    /// How much there is of everything, as seen at an instant; of what there is very much, roughly.
    public func counts(at instant: Date) async throws(HistoryError) -> HistoryCounts {
        try await run(.counts) { session throws(HistoryError) in
            let counts = try session.execute(
                """
                select (select count(*) from matches), ahead.fixtures, ahead.next,
                    (select count(*) from quarantined_rows), (select count(*) from models),
                    \(roughly("predictions")), \(roughly("evaluations")),
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
