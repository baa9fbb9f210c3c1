import Football
import FoundationEssentials
import Simulation
import TestSupport
import Testing

struct SimulatedLeagueTests {
    private let seasons = (2018...2023).map(Season.init(startYear:))

    private func matches(_ league: SimulatedLeague) -> [Match] { seasons.flatMap(league.season) }

    @Test(arguments: [0, 1, 42, .max] as [UInt64])
    func `a season is a double round robin in 38 weekend rounds from August to May`(seed: UInt64) throws {
        let league = SimulatedLeague(seed: seed)
        for season in seasons {
            let matches = league.season(season)
            #expect(matches.count == 380)
            #expect(Set(matches.map { [$0.fixture.key.home, $0.fixture.key.away] }).count == 380)
            #expect(matches.allSatisfy { $0.fixture.key.home != $0.fixture.key.away })
            #expect(matches.allSatisfy { $0.fixture.key.division == "SIM" && $0.fixture.key.season == season })
            #expect(matches.allSatisfy { Season(containing: $0.fixture.day) == season })
            let kickOffs = try matches.map { try #require($0.fixture.kickOff) }
            #expect(zip(kickOffs, kickOffs.dropFirst()).allSatisfy { $0 <= $1 })
            for round in stride(from: 0, to: 380, by: 10) {
                let fixtures = matches[round..<(round + 10)].map(\.fixture)
                #expect(Set(fixtures.flatMap { [$0.key.home, $0.key.away] }) == Set(league.clubs))
                #expect(fixtures.allSatisfy { [5, 6].contains($0.day.weekday) })
                #expect(fixtures[9].day.number - fixtures[0].day.number == 1)
            }
            #expect(matches[0].fixture.day.civil.month == 8)
            #expect(matches[379].fixture.day.civil.month == 5)
        }
    }

    @Test func `the same seed plays the same seasons, in any order, and another seed other ones`() {
        let forwards = seasons.map(SimulatedLeague(seed: 7).season)
        let backwards = seasons.reversed().map(SimulatedLeague(seed: 7).season)
        #expect(forwards == backwards.reversed())
        #expect(SimulatedLeague(seed: 8).season(seasons[0]) != forwards[0])
        #expect(forwards[0].map(\.result) != forwards[1].map(\.result))
    }

    @Test(arguments: [1, 2] as [UInt64], [0.0, 40, 100.65, 100.7, 100.8, 300])
    func `the three formats of one season at one instant agree on every match`(seed: UInt64, days: Double) throws {
        let league = SimulatedLeague(seed: seed)
        let season = Season(startYear: 2023)
        let now = season.firstDay.start.addingTimeInterval(days * 86_400)
        let matches = league.season(season)
        let teams = try FantasyFeed.teams(league.fantasyTeamsJSON, division: SimulatedLeague.division)
        #expect(teams.names.count == 20 && teams.quarantined == [])
        let fantasy = try FantasyFeed.decode(
            league.fantasyJSON(season, at: now), teams: teams.names, division: SimulatedLeague.division)
        let organisation = try OrganisationFeed.decode(
            league.organisationJSON(season, at: now), division: SimulatedLeague.division)
        let finished = matches.filter {
            $0.fixture.forecastDeadline.addingTimeInterval(SimulatedLeague.matchLength) <= now
        }
        let results = try SeasonFile.decode(
            SimulatedLeague.seasonCSV(finished), division: SimulatedLeague.division, season: season)
        #expect(fantasy.quarantined == [] && organisation.quarantined == [] && results.quarantined == [])
        #expect(fantasy.rows.map(\.key) == organisation.rows.map(\.key))
        #expect(fantasy.rows.map(\.key) == matches.map(\.fixture.key))
        #expect(fantasy.rows.map(\.status) == organisation.rows.map(\.status))
        #expect(fantasy.rows.map(\.goals) == organisation.rows.map(\.goals))
        #expect(fantasy.rows.map(\.kickOff) == matches.map(\.fixture.kickOff))
        let byFantasy = fantasy.rows.compactMap(\.match)
        let byOrganisation = organisation.rows.compactMap(\.match)
        #expect(byFantasy.map(\.result.goals) == results.rows.map(\.result.goals))
        #expect(byOrganisation.map(\.result.halfTimeGoals) == results.rows.map(\.result.halfTimeGoals))
        #expect(byFantasy.map(\.fixture.key) == results.rows.map(\.fixture.key))
        #expect(byFantasy.map(\.fixture.day) == results.rows.map(\.fixture.day))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `season and fixtures files come back from the decoders unchanged`(seed: UInt64) throws {
        let season = Season(startYear: 2023)
        let matches = SimulatedLeague(seed: seed).season(season)
        let file = SimulatedLeague.seasonCSV(matches)
        let feed = try SeasonFile.decode(file, division: "SIM", season: season)
        #expect(feed.rows == matches)
        #expect(feed.quarantined == [])
        #expect(file.starts(with: [0xEF, 0xBB, 0xBF]))
        let fixtures = matches.suffix(50).map(\.fixture)
        let decoded = try FixturesFile.decode(SimulatedLeague.fixturesCSV(fixtures), division: "SIM")
        #expect(decoded.rows == fixtures)
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `the league's averages are those of the real one`(seed: UInt64) throws {
        let simulated = Averages(matches(SimulatedLeague(seed: seed)))
        let real = Averages(try RealSeasons.matches((2005...2023).map(Season.init(startYear:))))
        #expect(abs(simulated.homeWins - real.homeWins) < 0.04)
        #expect(abs(simulated.draws - real.draws) < 0.04)
        #expect(abs(simulated.homeGoals / real.homeGoals - 1) < 0.08)
        #expect(abs(simulated.awayGoals / real.awayGoals - 1) < 0.08)
        #expect(abs(simulated.favouriteSpread / real.favouriteSpread - 1) < 0.15)
        // Shots on target were recounted in 2013/14: statistics are compared with the same six seasons.
        let recent = Averages(try RealSeasons.matches(seasons))
        for statistic in Statistic.allCases {
            let ratio = try #require(simulated.statistics[statistic]) / #require(recent.statistics[statistic])
            #expect(abs(ratio - 1) < (statistic == .redCards ? 0.35 : 0.1), "\(statistic): \(ratio)")
        }
    }

    /// The share of each count from 0 on in a sample, the last of `limit` and more.
    private func shares(_ counts: [Int], upTo limit: Int) -> [Double] {
        (0...limit).map { value in
            Double(counts.count { min($0, limit) == value }) / Double(counts.count)
        }
    }

    private func correlation(_ one: [Int], _ other: [Int]) -> Double {
        let count = Double(one.count)
        let means = (Double(one.reduce(0, +)) / count, Double(other.reduce(0, +)) / count)
        var sums = (0.0, 0.0, 0.0)
        for (a, b) in zip(one, other) {
            let (x, y) = (Double(a) - means.0, Double(b) - means.1)
            sums = (sums.0 + x * y, sums.1 + x * x, sums.2 + y * y)
        }
        return sums.0 / (sums.1 * sums.2).squareRoot()
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `goals, shots, corners and cards are distributed and go together as in real seasons`(seed: UInt64) throws {
        let simulated = matches(SimulatedLeague(seed: seed))
        let real = try RealSeasons.matches(seasons)
        func distance(_ limit: Int, _ count: (Match) -> Int) -> Double {
            zip(shares(simulated.map(count), upTo: limit), shares(real.map(count), upTo: limit))
                .reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        }
        // Half the sum of absolute differences; the first and the last three real seasons are 0.03 to 0.09 apart.
        #expect(distance(6) { $0.result.goals.home } < 0.07)
        #expect(distance(6) { $0.result.goals.away } < 0.07)
        #expect(distance(8) { $0.result.goals.home + $0.result.goals.away } < 0.08)
        for statistic in [Statistic.shotsOnTarget, .corners, .yellowCards] {
            let far = distance(14) { $0.result.statistics[statistic]?.home ?? 0 }
            #expect(far < 0.12, "\(statistic): \(far)")
        }
        func together(_ matches: [Match], _ one: Statistic, _ other: Statistic) -> Double {
            correlation(
                matches.map { $0.result.statistics[one]?.home ?? 0 },
                matches.map { $0.result.statistics[other]?.home ?? 0 })
        }
        for (one, other) in [(Statistic.shots, Statistic.corners), (.shots, .shotsOnTarget)] {
            let difference = together(simulated, one, other) - together(real, one, other)
            #expect(abs(difference) < 0.2, "\(one), \(other): \(difference)")
        }
    }

    @Test func `odds carry a margin of 5 % and are as honest as real ones`() throws {
        let matches = matches(SimulatedLeague(seed: 5))
        let overrounds = try matches.map { try #require($0.fixture.marketOdds).overround }
        #expect(abs(overrounds.reduce(0, +) / Double(overrounds.count) - 0.05) < 0.002)
        let summary = try #require(
            ScoreSummary(
                matches.compactMap { match in
                    match.fixture.marketOdds.map { ($0.impliedProbabilities, match.result.outcome) }
                })
        )
        #expect((0.18...0.215).contains(summary.rankedProbability))
        #expect((0.48...0.60).contains(summary.accuracy))
    }

    @Test func `a list without a fixture has the columns of one with some`() throws {
        let fixtures = SimulatedLeague(seed: 1).season(seasons[0]).prefix(10).map(\.fixture)
        let some = try FixturesFile.decode(SimulatedLeague.fixturesCSV(fixtures), division: SimulatedLeague.division)
        let none = try FixturesFile.decode(SimulatedLeague.fixturesCSV([]), division: SimulatedLeague.division)
        #expect(none.rows == [])
        #expect(none.schema.changes(since: some.schema) == [])
    }
}
