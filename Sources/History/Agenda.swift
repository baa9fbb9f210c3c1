public import Football
public import FoundationEssentials

extension History {
    /// Every match known of a division from a season on: when it is to be, and what is known of it.
    public func agenda(division: String, from season: Season) async throws(HistoryError) -> [AgendaItem] {
        try await run { session throws(HistoryError) in
            try session.execute(
                """
                select f.division, f.season, f.home, f.away, f.day, f.kick_off, coalesce(latest.is_off, false),
                    m.fixture_id is not null,
                    exists (select from odds o where o.fixture_id = f.id and not o.closing)
                from fixtures f left join matches m on m.fixture_id = f.id
                left join lateral (
                    select a.status in ('postponed', 'cancelled') as is_off from announcements a
                    where (a.division, a.season, a.home, a.away) = (f.division, f.season, f.home, f.away)
                    order by a.seen_at desc, a.source limit 1
                ) latest on true
                where f.division = $1 and f.season >= $2
                order by f.day, f.id
                """,
                [division, season.startYear]
            ).map { row throws(HistoryError) in
                AgendaItem(
                    key: try row.key(), day: try row.next(), kickOff: try row.optional(), isOff: try row.next(),
                    hasResult: try row.next(), hasOdds: try row.next())
            }
        }
    }

    /// Keeps what a source says of each match now; what it said before is replaced.
    public func keep(
        _ announcements: [Announcement], source: String, at instant: Date
    ) async throws(HistoryError) {
        try await run { session throws(HistoryError) in
            try session.transaction { () throws(HistoryError) in
                try session.execute(
                    """
                    create temporary table staged_announcements (
                        division text, season bigint, home text, away text, status text, kick_off timestamptz,
                        home_goals bigint, away_goals bigint, half_time_home_goals bigint, half_time_away_goals bigint
                    ) on commit drop
                    """)
                try session.copy(into: "staged_announcements", announcements.map(\.row))
                try session.execute(
                    """
                    insert into announcements as known (
                        source, division, season, home, away, status, kick_off, home_goals, away_goals,
                        half_time_home_goals, half_time_away_goals, seen_at
                    )
                    select $1, division, season, home, away, status, kick_off, home_goals, away_goals,
                        half_time_home_goals, half_time_away_goals, $2
                    from staged_announcements
                    on conflict (source, division, season, home, away) do update
                    set (
                        status, kick_off, home_goals, away_goals, half_time_home_goals, half_time_away_goals, seen_at
                    ) = row (
                        excluded.status, excluded.kick_off, excluded.home_goals, excluded.away_goals,
                        excluded.half_time_home_goals, excluded.half_time_away_goals, excluded.seen_at
                    )
                    """,
                    [source, instant])
            }
        }
    }

    /// The kick-offs that sources announced for matches of a division, by match and then by source.
    public func announcedKickOffs(
        division: String, from season: Season
    ) async throws(HistoryError) -> [MatchKey: [String: Date]] {
        let rows = try await run { session throws(HistoryError) in
            try session.execute(
                """
                select division, season, home, away, source, kick_off from announcements
                where division = $1 and season >= $2 and kick_off is not null
                    and status in ('scheduled', 'provisional', 'playing', 'finished')
                """,
                [division, season.startYear]
            ).map { row throws(HistoryError) in
                (key: try row.key(), source: try row.next(String.self), kickOff: try row.next(Date.self))
            }
        }
        return rows.reduce(into: [:]) { $0[$1.key, default: [:]][$1.source] = $1.kickOff }
    }

    /// Keeps the columns that a file had, and returns what is different from when it was last read.
    ///
    /// - Parameters:
    ///   - schema: The columns that it has now.
    ///   - url: Where the file comes from.
    ///   - predecessor: A file that should look alike, for one that was never read.
    /// - Returns: The differences; none for a file whose like was never read.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func keep(
        _ schema: FeedSchema, url: String, predecessor: String?
    ) async throws(HistoryError) -> [SchemaChange] {
        try await run { session throws(HistoryError) in
            try session.transaction { () throws(HistoryError) in
                func known(_ url: String) throws(HistoryError) -> [String: FeedSchema.Kind] {
                    let columns = try session.execute("select name, kind from feed_columns where url = $1", [url])
                        .map { row throws(HistoryError) in (try row.next(String.self), try row.next(String.self)) }
                    return columns.reduce(into: [:]) { $0[$1.0] = FeedSchema.Kind(rawValue: $1.1) }
                }
                let before = try known(url)
                let like =
                    try before.isEmpty ? predecessor.map { url throws(HistoryError) in try known(url) } ?? [:] : before
                // A column without values in the rows at hand keeps the kind that it had.
                let columns = schema.columns.map { name, kind in (name, kind == .empty ? before[name] ?? kind : kind) }
                if Dictionary(uniqueKeysWithValues: columns) != before {
                    try session.execute("delete from feed_columns where url = $1", [url])
                    try session.copy(into: "feed_columns", columns.map { [url, $0.0, $0.1.rawValue] })
                }
                return like.isEmpty ? [] : schema.changes(since: FeedSchema(columns: like))
            }
        }
    }
}

extension Announcement {
    /// A row of `staged_announcements`.
    fileprivate var row: [(any WireValue)?] {
        [
            key.division, key.season.startYear, key.home, key.away, status.rawValue, kickOff, goals?.home, goals?.away,
            halfTimeGoals?.home, halfTimeGoals?.away,
        ]
    }
}
