import Football
import TestSupport
import Testing

struct FeatureTableTests {
    private static let rows = Result { FeatureTable.rows(for: try RealSeasons.everyMatch.get()) }

    /// Our names for the reference's features of the same definition.
    private static let shared: [(ours: String, theirs: String)] = {
        let form = [
            ("points", "pts5"), ("goals_for", "gf5"), ("goals_against", "ga5"), ("venue_points", "vpts5"),
            ("season_points", "ppg"), ("rest_days", "rest"),
        ]
        let rolling = [
            ("shots", "S"), ("shots_on_target", "ST"), ("corners", "C"), ("fouls", "F"), ("yellow_cards", "Y"),
            ("red_cards", "R"),
        ]
        var pairs = [(ours: "league_home_wins", theirs: "lg_H")]
        for (side, letter) in [("home", "h"), ("away", "a")] {
            for (ours, theirs) in form { pairs.append(("\(ours)_\(side)", "\(theirs)_\(letter)")) }
            for (ours, theirs) in rolling { pairs.append(("\(ours)_\(side)", "r\(letter)_\(theirs)")) }
        }
        return pairs
    }()

    @Test func `features agree with the reference`() throws {
        let rows = try Self.rows.get()
        let examples = try Golden.read().features
        #expect(examples.count == 44)
        for example in examples {
            let (match, features) = rows[example.row]
            #expect(match.fixture.key.home == example.home && match.fixture.key.away == example.away)
            for (ours, theirs) in Self.shared {
                let index = try #require(FeatureTable.names.firstIndex(of: ours))
                let expected = try #require(example.features[theirs])
                guard let expected else { continue }
                #expect(agree(features[index], expected), "row \(example.row) \(ours) \(features[index]) \(expected)")
            }
        }
    }

    @Test func `nothing on or after a match's own day reaches its features`() throws {
        let rows = try Self.rows.get()
        // Two matches of every season, at places that are not the same in each.
        let sampled = stride(from: 61, to: rows.count, by: 197)
        var seasons: Set<Season> = []
        for index in sampled {
            let (match, features) = rows[index]
            let day = match.fixture.day
            seasons.insert(match.fixture.key.season)
            var removed = FeatureTable()
            var changed = FeatureTable()
            for (other, _) in rows {
                if other.fixture.day < day {
                    removed.add(other)
                    changed.add(other)
                } else if other.fixture.day <= day.advanced(by: 30) {
                    changed.add(other.turnedAround)
                }
            }
            #expect(same(removed.features(of: match.fixture), features))
            #expect(same(changed.features(of: match.fixture), features))
        }
        #expect(seasons == Set(RealSeasons.all))
    }

    @Test func `a match of the day before does reach them`() throws {
        let (match, features) = try Self.rows.get()[5_000]
        let before = Match(
            fixture: Fixture(
                key: MatchKey(
                    division: "E0", season: match.fixture.key.season, home: match.fixture.key.away, away: "X"),
                day: match.fixture.day.advanced(by: -1), kickOff: nil, odds: [:]
            ),
            result: MatchResult(goals: Sides(home: 9, away: 0), halfTimeGoals: nil, statistics: [:])
        )
        var table = FeatureTable()
        for (other, _) in try Self.rows.get().prefix(5_000) { table.add(other) }
        #expect(same(table.features(of: match.fixture), features))
        table.add(before)
        let index = try #require(FeatureTable.names.firstIndex(of: "rest_days_away"))
        #expect(table.features(of: match.fixture)[index] == 1)
    }

    @Test func `the order in which matches come does not matter`() throws {
        let matches = Array(try RealSeasons.everyMatch.get().prefix(760))
        var table = FeatureTable()
        for match in matches.reversed() { table.add(match) }
        let homeWins = try #require(FeatureTable.names.firstIndex(of: "league_home_wins"))
        for (match, features) in FeatureTable.rows(for: matches) {
            // Which matches of its first day the window of 380 holds is the one thing that follows the order.
            #expect(same(table.features(of: match.fixture), features, except: homeWins))
        }
    }

    @Test func `rows come in the order of day, season and place, one for each match`() throws {
        let matches = try RealSeasons.everyMatch.get()
        let rows = FeatureTable.rows(for: matches)
        #expect(rows.count == 7_220)
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.match.fixture.day <= $1.match.fixture.day })
        #expect(Set(rows.map(\.match)) == Set(matches))
        #expect(rows.allSatisfy { $0.features.count == FeatureTable.names.count })
    }

    @Test func `what is not known is not a number`() throws {
        let key = MatchKey(division: "E0", season: Season(startYear: 2023), home: "A", away: "B")
        let features = FeatureTable().features(of: Fixture(key: key, day: Day(number: 0), kickOff: nil, odds: [:]))
        let known = zip(FeatureTable.names, features).filter { !$1.isNaN }
        #expect(
            known.map(\.0) == ["season_points_home", "season_points_away", "rest_days_home", "rest_days_away"]
        )
        #expect(zip(known.map(\.1), [1.35, 1.35, 14, 14]).allSatisfy(agree))
    }

    @Test func `names are distinct and fit for a metric's label`() {
        #expect(Set(FeatureTable.names).count == FeatureTable.names.count)
        #expect(FeatureTable.names.allSatisfy { $0.allSatisfy { ("a"..."z").contains($0) || $0 == "_" } })
    }

    /// Whether two rows are equal bit for bit, NaN included.
    private func same(_ left: [Double], _ right: [Double], except skipped: Int? = nil) -> Bool {
        left.indices.allSatisfy { $0 == skipped || left[$0].bitPattern == right[$0].bitPattern }
            && left.count == right.count
    }
}

extension Match {
    /// The same match with everything that could leak changed.
    var turnedAround: Match {
        let goals = Sides(home: result.goals.away + 3, away: result.goals.home)
        let statistics = result.statistics.mapValues { Sides(home: $0.away + 7, away: $0.home + 5) }
        let odds = fixture.odds.mapValues { Odds(home: $0.away, draw: $0.draw + 1, away: $0.home) }
        return Match(
            fixture: Fixture(key: fixture.key, day: fixture.day, kickOff: nil, odds: odds),
            result: MatchResult(goals: goals, halfTimeGoals: nil, statistics: statistics)
        )
    }
}
