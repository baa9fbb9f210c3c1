import TestSupport
import Testing

@testable import Football

struct LeagueBookTests {
    /// Our names for the reference's features.
    private static let shared: [(theirs: String, ours: String)] = [
        ("pH", "market_home"), ("pD", "market_draw"), ("pA", "market_away"), ("lHA", "market_log_ratio"),
        ("lD", "market_log_draw"), ("elo_h", "elo_home"), ("elo_a", "elo_away"), ("elo_d", "elo_difference"),
        ("eloO_h", "market_elo_home"), ("eloO_a", "market_elo_away"), ("eloO_d", "market_elo_difference"),
        ("pi_h", "pi_home"), ("pi_a", "pi_away"), ("pi_gd", "pi_goal_difference"), ("new_h", "promoted_home"),
        ("new_a", "promoted_away"), ("lg_H", "league_home_wins"), ("dc_l", "poisson_goals_home"),
        ("dc_m", "poisson_goals_away"), ("dc_H", "poisson_home"), ("dc_D", "poisson_draw"), ("dc_A", "poisson_away"),
        ("dc_rho", "poisson_correlation"), ("dcx_l", "mixed_goals_home"), ("dcx_m", "mixed_goals_away"),
        ("dcx_H", "mixed_home"), ("dcx_D", "mixed_draw"), ("dcx_A", "mixed_away"), ("gS_h", "expected_shots_home"),
        ("gS_a", "expected_shots_away"), ("gC_h", "expected_corners_home"), ("gC_a", "expected_corners_away"),
        ("gST_h", "expected_shots_on_target_home"), ("gST_a", "expected_shots_on_target_away"),
        ("pts5_h", "points_home"), ("pts5_a", "points_away"), ("gf5_h", "goals_for_home"), ("gf5_a", "goals_for_away"),
        ("ga5_h", "goals_against_home"), ("ga5_a", "goals_against_away"), ("vpts5_h", "venue_points_home"),
        ("vpts5_a", "venue_points_away"), ("ppg_h", "season_points_home"), ("ppg_a", "season_points_away"),
        ("rest_h", "rest_days_home"), ("rest_a", "rest_days_away"), ("rh_S", "shots_home"), ("ra_S", "shots_away"),
        ("rh_ST", "shots_on_target_home"), ("ra_ST", "shots_on_target_away"), ("rh_C", "corners_home"),
        ("ra_C", "corners_away"), ("rh_F", "fouls_home"), ("ra_F", "fouls_away"), ("rh_Y", "yellow_cards_home"),
        ("ra_Y", "yellow_cards_away"), ("rh_R", "red_cards_home"), ("ra_R", "red_cards_away"),
    ]

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
        #expect(Set(Self.shared.map(\.theirs)) == Set(example.features.keys))
        for (theirs, ours) in Self.shared {
            let index = try #require(LeagueBook.names.firstIndex(of: ours))
            guard let expected = try #require(example.features[theirs]) else {
                #expect(features[index].isNaN)
                continue
            }
            let error = abs(features[index] - expected) / max(1, abs(expected))
            #expect(error <= 1e-8, "row \(example.row) \(ours) \(features[index]) \(expected)")
        }
    }

    @Test func `who misses a bookmaker misses little, and closing odds are not listened to`() throws {
        let match = try #require(try RealSeasons.everyMatch.get().last)
        let quotes = match.fixture.odds.filter { !$0.key.closing }
        let whole = try #require(match.fixture.consensus).values
        for absent in [[Quote(.average)], [Quote(.pinnacle)], [Quote(.average), Quote(.pinnacle)]] {
            let rest = match.fixture.offered(quotes.filter { !absent.contains($0.key) })
            let found = try #require(rest.consensus).values
            #expect(found != whole && zip(found, whole).allSatisfy { abs($0 - $1) < 0.02 })
        }
        #expect(match.fixture.offered(quotes).consensus == match.fixture.consensus)
        #expect(match.fixture.odds.count > quotes.count)
        // The average has heard Bet365 already.
        #expect(
            match.fixture.offered(quotes.filter { $0.key != Quote(.bet365) }).consensus == match.fixture.consensus)
        let alone = match.withBet365Alone.fixture
        let implied = try #require(alone.odds[Quote(.bet365)]?.probabilities(.power).values)
        #expect(zip(try #require(alone.consensus).values, implied).allSatisfy(agree))
    }

    @Test func `odds that cannot be meant are not listened to`() throws {
        let match = try #require(try RealSeasons.everyMatch.get().last)
        let average = try #require(match.fixture.odds[Quote(.average)])
        let absurd = Odds(home: 1.2, draw: 3, away: 4)
        #expect(match.fixture.offered([Quote(.bet365): absurd]).consensus == nil)
        let swapped = Odds(home: average.away, draw: average.draw, away: average.home)
        for wrong in [absurd, swapped] {
            let found = match.fixture.offered([Quote(.average): average, Quote(.pinnacle): wrong]).consensus
            #expect(found == average.probabilities(.power))
        }
    }

    @Test func `the closing opinion is Pinnacle's, else the average's, else Bet365's, and only closing odds make it`()
        throws
    {
        let match = try #require(try RealSeasons.everyMatch.get().last)
        let quotes = match.fixture.odds
        var left = quotes.filter(\.key.closing)
        #expect(left.count < quotes.count)
        #expect(match.fixture.offered(left).closingOpinion == match.fixture.closingOpinion)
        #expect(match.fixture.offered(quotes.filter { !$0.key.closing }).closingOpinion == nil)
        for bookmaker in [Bookmaker.pinnacle, .average, .bet365] {
            let quote = Quote(bookmaker, closing: true)
            #expect(match.fixture.offered(left).closingOpinion == left[quote]?.probabilities(.power))
            left[quote] = nil
        }
        #expect(match.fixture.offered(left).closingOpinion == nil)
        let average = try #require(quotes[Quote(.average, closing: true)])
        let swapped = Odds(home: average.away, draw: average.draw, away: average.home)
        let wrong = [Quote(.pinnacle, closing: true): swapped, Quote(.average, closing: true): average]
        #expect(match.fixture.offered(wrong).closingOpinion == average.probabilities(.power))
    }

    @Test func `Pinnacle and the average were never further apart than half of what is plausible`() throws {
        var compared = 0
        for fixture in try RealSeasons.everyMatch.get().map(\.fixture) {
            guard let pinnacle = fixture.odds[Quote(.pinnacle)], let average = fixture.odds[Quote(.average)],
                fixture.key.season.startYear <= 2020
            else { continue }
            let distances = zip(pinnacle.probabilities(.power).values, average.probabilities(.power).values)
                .map { abs($0 - $1) }
            #expect(distances.allSatisfy { $0 < Fixture.plausibleDistance / 2 }, "\(fixture.key)")
            compared += 1
        }
        #expect(compared == 1_900)
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

extension Fixture {
    /// The same fixture with other odds.
    fileprivate func offered(_ odds: [Quote: Odds]) -> Fixture {
        Fixture(key: key, day: day, kickOff: kickOff, odds: odds)
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
