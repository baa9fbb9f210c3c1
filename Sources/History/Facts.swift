public import Football
public import FoundationEssentials

extension History {
    /// Every finished match with its odds and statistics, by day, then season, then place in its file.
    public func matches() async throws(HistoryError) -> [Match] {
        try await facts { session throws(HistoryError) in try session.facts(where: "m.fixture_id is not null") }
            .compactMap(\.match)
    }

    /// The announced matches that have no result and whose `forecastDeadline` is later than an instant, by day.
    public func fixtures(after instant: Date) async throws(HistoryError) -> [Fixture] {
        try await facts { session throws(HistoryError) in
            try session.facts(where: "m.fixture_id is null and \(deadline) > $1", [instant])
        }.map(\.fixture)
    }

    /// Something that is another after every change of a finished match, at a part of what reading them all costs.
    ///
    /// It is made of how many rows there are and of the transactions that wrote them, whose numbers only grow.
    public func matchesVersion() async throws(HistoryError) -> String {
        try await run(.facts) { session throws(HistoryError) in
            try session.execute(
                """
                select concat_ws(' ', count(*), sum(m.xmin::text::bigint), sum(f.xmin::text::bigint), (
                    select concat_ws(' ', count(*), sum(o.xmin::text::bigint))
                    from odds o join matches m on m.fixture_id = o.fixture_id))
                from matches m join fixtures f on f.id = m.fixture_id
                """
            ).map { row throws(HistoryError) in try row.next(String.self) }
        }.first ?? ""
    }

    private func facts(
        _ read: @Sendable (Session) throws(HistoryError) -> [Fact]
    ) async throws(HistoryError) -> [Fact] {
        try await run(.facts) { session throws(HistoryError) in
            // Facts and odds are two statements, and must be of one instant.
            try session.transaction("isolation level repeatable read, read only") { () throws(HistoryError) in
                try read(session)
            }
        }
    }
}

/// The instant from which a forecast of fixture `f` would be too late, as `Fixture.forecastDeadline` has it.
let deadline = "coalesce(f.kick_off, f.day::timestamp at time zone 'UTC')"

/// A row of `fixtures` with its odds, and with its result if there is one.
struct Fact: Sendable {
    let id: Int64
    let fixture: Fixture
    let result: MatchResult?

    var match: Match? { result.map { Match(fixture: fixture, result: $0) } }
}

extension Session {
    /// Reads the facts that a condition on fixture `f` and match `m` selects.
    func facts(
        where condition: String,
        _ parameters: [(any WireValue)?] = []
    ) throws(HistoryError) -> [Fact] {
        let odds = try odds(where: condition, parameters)
        return try execute(
            """
            select f.id, f.division, f.season, f.home, f.away, f.day, f.kick_off,
                \(resultColumns.map { "m.\($0)" }.joined(separator: ", "))
            from fixtures f left join matches m on m.fixture_id = f.id
            where \(condition) order by f.day, f.season, m.position, f.id
            """,
            parameters
        ).map { row throws(HistoryError) in
            let id = try row.next(Int64.self)
            let fixture = Fixture(
                key: try row.key(), day: try row.next(), kickOff: try row.optional(), odds: odds[id] ?? [:])
            return Fact(id: id, fixture: fixture, result: try row.result())
        }
    }

    private func odds(
        where condition: String,
        _ parameters: [(any WireValue)?]
    ) throws(HistoryError) -> [Int64: [Quote: Odds]] {
        let quotes = try execute(
            """
            select o.fixture_id, o.bookmaker, o.closing, o.home, o.draw, o.away
            from odds o join fixtures f on f.id = o.fixture_id left join matches m on m.fixture_id = f.id
            where \(condition)
            """,
            parameters
        ).map { row throws(HistoryError) in
            let fixture = try row.next(Int64.self)
            let bookmaker = try row.next(String.self)
            let closing = try row.next(Bool.self)
            let odds = Odds(home: try row.next(), draw: try row.next(), away: try row.next())
            return (fixture, Bookmaker(rawValue: bookmaker).map { Quote($0, closing: closing) }, odds)
        }
        var byFixture: [Int64: [Quote: Odds]] = [:]
        for case (let fixture, let quote?, let odds) in quotes { byFixture[fixture, default: [:]][quote] = odds }
        return byFixture
    }
}

extension Row {
    /// Reads `division, season, home, away`.
    mutating func key() throws(HistoryError) -> MatchKey {
        MatchKey(
            division: try next(), season: Season(startYear: try next()), home: try next(), away: try next())
    }

    /// Reads ``resultColumns``; nil if there are no goals.
    fileprivate mutating func result() throws(HistoryError) -> MatchResult? {
        let goals = try sides()
        let halfTime = try sides()
        var statistics: [Statistic: Sides<Int>] = [:]
        for statistic in Statistic.allCases { statistics[statistic] = try sides() }
        return goals.map { MatchResult(goals: $0, halfTimeGoals: halfTime, statistics: statistics) }
    }

    private mutating func sides() throws(HistoryError) -> Sides<Int>? {
        let home = try optional(Int.self)
        let away = try optional(Int.self)
        guard let home, let away else { return nil }
        return Sides(home: home, away: away)
    }
}
