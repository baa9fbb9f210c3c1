import Football
import Testing

struct LeagueBookTests {
    /// Our names for the reference's features, and how far each may be from it.
    ///
    /// Expected shots and corners compare with the league's mean, which nobody knows on the very first day: we learn
    /// nothing from that day, the reference something. What is left of that in 2018 is below 0.0005 of the value. The
    /// value of a shot on target starts from the same unknown; its matches are forgotten after 2,200 days.
    private static let shared: [(theirs: String, ours: String, tolerance: @Sendable (Int) -> Double)] =
        [
            ("pH", "market_home"), ("pD", "market_draw"), ("pA", "market_away"), ("lHA", "market_log_ratio"),
            ("lD", "market_log_draw"), ("elo_h", "elo_home"), ("elo_a", "elo_away"), ("elo_d", "elo_difference"),
            ("eloO_h", "market_elo_home"), ("eloO_a", "market_elo_away"), ("eloO_d", "market_elo_difference"),
            ("pi_h", "pi_home"), ("pi_a", "pi_away"), ("pi_gd", "pi_goal_difference"), ("new_h", "promoted_home"),
            ("new_a", "promoted_away"), ("lg_H", "league_home_wins"), ("rh_ST", "shots_on_target_home"),
        ].map { ($0.0, $0.1, { _ in 1e-8 }) }
        + [
            ("dc_l", "poisson_goals_home"), ("dc_m", "poisson_goals_away"), ("dc_H", "poisson_home"),
            ("dc_D", "poisson_draw"), ("dc_A", "poisson_away"), ("dc_rho", "poisson_correlation"),
        ].map { ($0.0, $0.1, { $0 == 763 ? 2e-2 : firstDays.contains($0) ? 2e-7 : 1e-8 }) }
        + [
            ("dcx_l", "mixed_goals_home"), ("dcx_m", "mixed_goals_away"), ("dcx_H", "mixed_home"),
            ("dcx_D", "mixed_draw"), ("dcx_A", "mixed_away"),
        ].map { ($0.0, $0.1, { $0 < 2_400 ? 2e-2 : firstDays.contains($0) ? 2e-7 : 2e-8 }) }
        + [
            ("gS_h", "expected_shots_home"), ("gS_a", "expected_shots_away"), ("gC_h", "expected_corners_home"),
            ("gC_a", "expected_corners_away"), ("gST_h", "expected_shots_on_target_home"),
            ("gST_a", "expected_shots_on_target_away"),
        ].map { ($0.0, $0.1, { $0 < 4_900 ? 1.1e-2 : 7e-4 }) }

    /// Rows of a season's first days: new priors, from which 60 rounds do not lead all the way to the strengths.
    private static let firstDays: Set = [763, 2_660, 3_048, 4_944]

    @Test func `features agree with the reference`() throws {
        let matches = try SharedData.matches.get().sorted { $0.fixture.day < $1.fixture.day }
        #expect(matches.count == 7_220)
        var read: [(match: Match, features: [Double])] = []
        var book = LeagueBook()
        var next = matches.startIndex
        for example in try Golden.read().features.sorted(by: { $0.row < $1.row }) {
            let day = matches[example.row].fixture.day
            // Strengths are fitted day by day, each from the last: three weeks bring them where they belong.
            let end = matches[next...].firstIndex { $0.fixture.day > day } ?? matches.endIndex
            let rows = book.read(Array(matches[next..<end]), since: day.advanced(by: -21))
            next = end
            read.append(contentsOf: rows)
            let (match, features) = try #require(
                read.last { $0.match.fixture.key.home == example.home && $0.match.fixture.day == day })
            #expect(match.fixture.key.home == example.home && match.fixture.key.away == example.away)
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
    }

    @Test func `nothing on or after a match's own day reaches its features, in any season`() throws {
        let matches = try SharedData.matches.get()
        var book = LeagueBook()
        for season in SharedData.seasons {
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
        let matches = try SharedData.matches.get().filter { $0.fixture.key.season.startYear < 2007 }
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
