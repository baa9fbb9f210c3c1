import Football

extension Session {
    /// Writes the matches, fixtures and odds that are new or read differently before.
    func keepFacts(of ingest: Ingest) throws(HistoryError) -> IngestOutcome {
        let facts = StagedFact.all(of: ingest)
        if facts.isEmpty { return IngestOutcome() }
        try stage(facts)
        // A feed of fixtures may lag behind the results.
        try execute(
            """
            delete from staged_facts s using fixtures f, matches m
            where not s.played and m.fixture_id = f.id
                and (f.division, f.season, f.home, f.away) = (s.division, s.season, s.home, s.away)
            """
        )
        try execute(keepingFixtures, [ingest.source, ingest.synthetic])
        let corrections = try keepRevisions(source: ingest.source, at: ingest.at)
        try execute(keepingMatches)
        try execute(keepingOdds)
        let counts = try execute(
            """
            select count(*) filter (where inserted), count(*) filter (where not inserted) from (
                select coalesce(bool_or(t.inserted and t.result = s.played), false) as inserted
                from staged_facts s join fixtures using (division, season, home, away) join touched t on t.id = fixtures.id
                group by s.position
            ) changed
            """
        ).first { row throws(HistoryError) in (try row.next(Int.self), try row.next(Int.self)) }
        guard let (inserted, updated) = counts else { throw .unreadable("counts of an ingest") }
        var outcome = IngestOutcome(
            inserted: inserted, updated: updated, unchanged: facts.count - inserted - updated)
        outcome.corrections = corrections
        return outcome
    }

    private func stage(_ facts: [StagedFact]) throws(HistoryError) {
        let numbers = resultColumns.map { "\($0) bigint" }.joined(separator: ", ")
        try execute(
            """
            create temporary table staged_facts (
                position bigint primary key, played boolean, division text, season bigint, home text, away text,
                day date, kick_off timestamptz, \(numbers)
            ) on commit drop
            """
        )
        try execute(
            """
            create temporary table staged_odds (
                position bigint, bookmaker text, closing boolean, home float8, draw float8, away float8
            ) on commit drop
            """
        )
        // What was written: a fixture's own row (result is false), its match's (true) or some of its odds (null).
        try execute("create temporary table touched (id bigint, inserted boolean, result boolean) on commit drop")
        try copy(into: "staged_facts", facts.map(\.row))
        try copy(into: "staged_odds", facts.flatMap(\.odds))
        try execute("analyze staged_facts")
        try execute("analyze staged_odds")
    }

    /// A file without times does not make a known kick-off unknown, unless it moves the match to another day.
    private var keepingFixtures: String {
        """
        with wanted as (
            select s.position, s.division, s.season, s.home, s.away, s.day,
                coalesce(s.kick_off, case when k.day = s.day then k.kick_off end) as kick_off,
                k.id, k.day as known_day, k.kick_off as known_kick_off
            from staged_facts s left join fixtures k using (division, season, home, away)
        ), written as (
            insert into fixtures as f (division, season, home, away, day, kick_off, source, synthetic)
            select division, season, home, away, day, kick_off, $1, $2 from wanted
            where id is null or (known_day, known_kick_off) is distinct from (day, kick_off)
            order by position
            on conflict (division, season, home, away) do update set day = excluded.day, kick_off = excluded.kick_off
            returning f.id, f.xmax = 0 as inserted
        )
        insert into touched select id, inserted, false from written
        """
    }

    private var keepingMatches: String {
        func list(_ prefix: String) -> String { resultColumns.map { prefix + $0 }.joined(separator: ", ") }
        return """
            with written as (
                insert into matches as m (fixture_id, position, \(list("")))
                select f.id, s.position, \(list("s."))
                from staged_facts s join fixtures f using (division, season, home, away)
                left join matches k on k.fixture_id = f.id
                where s.played and (
                    k.fixture_id is null or (k.position, \(list("k."))) is distinct from (s.position, \(list("s.")))
                )
                on conflict (fixture_id) do update
                set (position, \(list(""))) = row (excluded.position, \(list("excluded.")))
                returning m.fixture_id, m.xmax = 0 as inserted
            )
            insert into touched select fixture_id, inserted, true from written
            """
    }

    private var keepingOdds: String {
        """
        with written as (
            insert into odds as o (fixture_id, bookmaker, closing, home, draw, away)
            select f.id, q.bookmaker, q.closing, q.home, q.draw, q.away
            from staged_odds q join staged_facts s using (position)
            join fixtures f on (f.division, f.season, f.home, f.away) = (s.division, s.season, s.home, s.away)
            left join odds k on (k.fixture_id, k.bookmaker, k.closing) = (f.id, q.bookmaker, q.closing)
            where (k.home, k.draw, k.away) is distinct from (q.home, q.draw, q.away)
            on conflict (fixture_id, bookmaker, closing) do update
            set home = excluded.home, draw = excluded.draw, away = excluded.away
            returning o.fixture_id
        )
        insert into touched select distinct fixture_id, false, null::boolean from written
        """
    }
}
