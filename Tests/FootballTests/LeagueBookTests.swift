import Football
import TestSupport
import Testing

struct LeagueBookTests {
    /// Our names for the reference's features, and how far each may be from it.
    ///
    /// Two begin with something that nobody knows in the first days of 2005: what a league's mean of shots or corners is,
    /// and what a shot on target is worth in goals. We learn nothing from the first day, the reference something that its
    /// definitions leave open. Ratings forget it slowly, the goal model after 2,200 days.
    private static let shared: [(theirs: String, ours: String, tolerance: @Sendable (Int) -> Double)] =
        [
            ("pH", "market_home"), ("pD", "market_draw"), ("pA", "market_away"), ("lHA", "market_log_ratio"),
            ("lD", "market_log_draw"), ("elo_h", "elo_home"), ("elo_a", "elo_away"), ("elo_d", "elo_difference"),
            ("eloO_h", "market_elo_home"), ("eloO_a", "market_elo_away"), ("eloO_d", "market_elo_difference"),
            ("pi_h", "pi_home"), ("pi_a", "pi_away"), ("pi_gd", "pi_goal_difference"), ("new_h", "promoted_home"),
            ("new_a", "promoted_away"), ("lg_H", "league_home_wins"), ("rh_ST", "shots_on_target_home"),
            ("dc_l", "poisson_goals_home"), ("dc_m", "poisson_goals_away"), ("dc_H", "poisson_home"),
            ("dc_D", "poisson_draw"), ("dc_A", "poisson_away"), ("dc_rho", "poisson_correlation"),
        ].map { ($0.0, $0.1, { _ in 1e-8 }) }
        + [
            ("dcx_l", "mixed_goals_home"), ("dcx_m", "mixed_goals_away"), ("dcx_H", "mixed_home"),
            ("dcx_D", "mixed_draw"), ("dcx_A", "mixed_away"),
        ].map { ($0.0, $0.1, { $0 < 1_000 ? 9e-3 : $0 < 2_400 ? 1.2e-3 : 1e-8 }) }
        + [
            ("gS_h", "expected_shots_home"), ("gS_a", "expected_shots_away"), ("gC_h", "expected_corners_home"),
            ("gC_a", "expected_corners_away"), ("gST_h", "expected_shots_on_target_home"),
            ("gST_a", "expected_shots_on_target_away"),
        ].map { ($0.0, $0.1, { $0 < 2_400 ? 1.1e-2 : $0 < 4_900 ? 1.2e-3 : 7e-4 }) }

    @Test func `features agree with the reference`() throws {
        // The reference knows Bet365's odds alone, and learns who plays in a season when it sees them play.
        let matches = try RealSeasons.everyMatch.get().sorted { $0.fixture.day < $1.fixture.day }.map(\.withBet365Alone)
        #expect(matches.count == 7_220)
        let examples = Dictionary(grouping: try Golden.read().features) { $0.row }.compactMapValues(\.first)
        #expect(examples.count == 44)
        var book = LeagueBook()
        var start = 0
        while start < matches.count {
            let day = matches[start].fixture.day
            let end = matches[start...].firstIndex { $0.fixture.day != day } ?? matches.endIndex
            let played = Array(matches[start..<end])
            let teams = Set(played.flatMap { [$0.fixture.key.home, $0.fixture.key.away] })
            book.begin(day, season: played[0].fixture.key.season, teams: teams)
            for index in start..<end {
                guard let example = examples[index] else { continue }
                try compare(example, with: matches[index].fixture, book)
            }
            book.close(with: played)
            start = end
        }
    }

    private func compare(_ example: Golden.Row, with fixture: Fixture, _ book: LeagueBook) throws {
        #expect(fixture.key.home == example.home && fixture.key.away == example.away)
        let features = book.features(of: fixture)
        for (theirs, ours, tolerance) in Self.shared {
            let index = try #require(LeagueBook.names.firstIndex(of: ours))
            guard let expected = try #require(example.features[theirs]) else {
                #expect(features[index].isNaN)
                continue
            }
            let error = abs(features[index] - expected) / max(1, abs(expected))
            #expect(error <= tolerance(example.row), "row \(example.row) \(ours) \(features[index]) \(expected)")
        }
    }

    @Test func `who misses a bookmaker misses little, and closing odds are not listened to`() throws {
        let match = try #require(try RealSeasons.everyMatch.get().last)
        let quotes = Dictionary(uniqueKeysWithValues: match.fixture.odds.filter { !$0.key.closing })
        let whole = try #require(match.fixture.consensus).values
        for quote in [Quote(.bet365), Quote(.average), Quote(.pinnacle)] {
            let rest = Fixture(
                key: match.fixture.key, day: match.fixture.day, kickOff: nil, odds: quotes.filter { $0.key != quote })
            let found = try #require(rest.consensus).values
            #expect(found != whole && zip(found, whole).allSatisfy { abs($0 - $1) < 0.01 })
        }
        let early = Fixture(key: match.fixture.key, day: match.fixture.day, kickOff: nil, odds: quotes)
        #expect(early.consensus == match.fixture.consensus && match.fixture.odds.count > quotes.count)
        let absurd = [Quote(.bet365): Odds(home: 1.2, draw: 3, away: 4)]
        #expect(Fixture(key: match.fixture.key, day: match.fixture.day, kickOff: nil, odds: absurd).consensus == nil)
        let alone = match.withBet365Alone.fixture
        let implied = try #require(alone.odds[Quote(.bet365)]?.probabilities(.power).values)
        #expect(zip(try #require(alone.consensus).values, implied).allSatisfy(agree))
    }

    @Test func `nothing on or after a match's own day reaches its features, in any season`() throws {
        let matches = try RealSeasons.everyMatch.get()
        var book = LeagueBook()
        for season in RealSeasons.all {
            let played = matches.filter { $0.fixture.key.season == season }
            let days = Set(played.map(\.fixture.day)).sorted()
            let turn = days[days.count / 2]
            let near = played.filter { $0.fixture.day <= turn.advanced(by: 21) }
            let first = turn.advanced(by: -14)
            var (one, other) = (book, book)
            let honest = one.read(near, since: first)
            let tampered = other.read(near.map { $0.fixture.day >= turn ? $0.turnedAround : $0 }, since: first)
            _ = book.read(played, since: season.lastDay)
            var changed = 0
            for (row, twin) in zip(honest, tampered) {
                let day = row.match.fixture.day
                if day < turn {
                    #expect(same(row.features, twin.features))
                } else if day == turn {
                    // A match's own odds are its features; nothing else of its day may be.
                    #expect(same(Array(row.features.dropFirst(5)), Array(twin.features.dropFirst(5)), but: "overround"))
                } else if !same(Array(row.features.dropFirst(5)), Array(twin.features.dropFirst(5))) {
                    changed += 1
                }
            }
            #expect(changed > 10, "a change of the past must be felt in \(season)")
        }
    }

    @Test func `reading on gives what reading at once gives`() throws {
        let matches = try RealSeasons.everyMatch.get().filter { $0.fixture.key.season.startYear < 2007 }
        let middle = try #require(Day(iso: "2006-12-26"))
        var book = LeagueBook()
        let parts =
            book.read(matches.filter { $0.fixture.day < middle })
            + book.read(matches.filter { $0.fixture.day >= middle })
        let whole = LeagueBook.rows(for: matches).rows
        // Who was promoted is known from the fixture list: the part before and the part after name the same teams.
        #expect(zip(parts, whole).allSatisfy { same($0.features, $1.features) })
    }

    @Test func `a book without matches knows the odds alone`() {
        let key = MatchKey(division: "E0", season: Season(startYear: 2023), home: "A", away: "B")
        let odds = [Quote(.bet365): Odds(home: 2, draw: 3.5, away: 4)]
        let fixture = Fixture(key: key, day: Day(number: 19_600), kickOff: nil, odds: odds)
        var book = LeagueBook()
        book.begin(fixture.day, season: key.season)
        let features = book.features(of: fixture)
        #expect(features.count == LeagueBook.names.count)
        #expect(features[0] > 0.45 && features[5] == 1_500 && features[14].isNaN)
    }

    @Test func `names are distinct and fit for a metric's label`() {
        #expect(Set(LeagueBook.names).count == LeagueBook.names.count)
        #expect(LeagueBook.names.allSatisfy { $0.allSatisfy { ("a"..."z").contains($0) || $0 == "_" } })
    }

    private func same(_ left: [Double], _ right: [Double], but name: String? = nil) -> Bool {
        let skipped = name.flatMap { LeagueBook.names.firstIndex(of: $0) }.map { $0 - 5 }
        return left.count == right.count
            && left.indices.allSatisfy { $0 == skipped || left[$0].bitPattern == right[$0].bitPattern }
    }
}

extension Match {
    /// The same match as the reference knows it.
    var withBet365Alone: Match {
        let odds = fixture.odds.filter { $0.key == Quote(.bet365) }
        return Match(
            fixture: Fixture(key: fixture.key, day: fixture.day, kickOff: fixture.kickOff, odds: odds), result: result)
    }
}
