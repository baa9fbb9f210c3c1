import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct BettingTests {
    private let strategies: [BettingStrategy] = [
        .flat(stake: 10), .kelly(fraction: 0.25, cap: 0.05), .rule(confidence: 0.6, edge: 0.1, cap: 0.05),
    ]
    private let offered = Odds(home: 2.5, draw: 3.4, away: 3)
    private let kickOff = newYear.addingTimeInterval(39 * 3600)

    /// A history with a forecast of each fixture, made at ``offered``.
    private func prepared(_ fixtures: [Fixture], home: Double = 0.6) async throws -> History {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(fixtures: fixtures))
        let model = try await history.store(Example.model())
        _ = try await history.store(
            fixtures.map { Example.prediction(model: model, of: $0, home: home, odds: offered) })
        return history
    }

    private func bet(_ history: History, at instant: Date) async throws -> BettingOutcome {
        try await history.bet(strategies, openingBalance: 1_000, at: instant)
    }

    @Test func `bets are placed once the match has kicked off, and settled by its result, once`() async throws {
        let history = try await prepared([Example.fixture()])
        #expect(try await bet(history, at: kickOff.addingTimeInterval(-1)).isNothing)
        #expect(try await bet(history, at: kickOff).placed == 3)
        #expect(try await bet(history, at: kickOff).isNothing)
        var wallets = try await history.wallets()
        #expect(wallets.map(\.strategy) == ["flat", "kelly", "rule"])
        #expect(wallets.flatMap(\.bets).map(\.stake) == [10, 50, 50])
        #expect(wallets.flatMap(\.bets).allSatisfy { $0.state == .open && $0.odds == 2.5 })
        _ = try await history.record(Example.ingest(matches: [Example.match()]))
        #expect(try await bet(history, at: kickOff).settled == 3)
        #expect(try await bet(history, at: kickOff).isNothing)
        wallets = try await history.wallets()
        #expect(wallets.flatMap(\.bets).allSatisfy { $0.state == .won })
        #expect(try await history.value("select sum(returned)::float8 from bets") == 275.0)
    }

    @Test func `the odds are those of the forecast that stood, not later ones`() async throws {
        let history = try await prepared([Example.fixture()])
        let later = Example.fixture(odds: [Quote(.bet365): Odds(home: 9, draw: 9, away: 9)])
        let match = Example.match(
            Fixture(
                key: later.key, day: later.day, kickOff: later.kickOff,
                odds: later.odds.merging([Quote(.bet365, closing: true): Odds(home: 2, draw: 3.5, away: 4)]) { $1 }))
        // The result is known before anybody looked: the bet is the same.
        _ = try await history.record(Example.ingest(matches: [match]))
        let outcome = try await bet(history, at: kickOff.addingTimeInterval(86_400))
        #expect(outcome.placed == 3)
        #expect(outcome.settled == 3)
        let bets = try await history.wallets().flatMap(\.bets)
        #expect(bets.allSatisfy { $0.odds == 2.5 && $0.closingOdds == 2 && $0.state == .won })
    }

    @Test func `a corrected result settles the bet again`() async throws {
        let history = try await prepared([Example.fixture()])
        for (goals, state) in [(Sides(home: 1, away: 0), "won"), (Sides(home: 1, away: 1), "lost")] {
            _ = try await history.record(Example.ingest(matches: [Example.match(goals: goals)]))
            _ = try await bet(history, at: kickOff)
            #expect(try await history.wallets().flatMap(\.bets).allSatisfy { $0.state.rawValue == state })
        }
        #expect(try await history.value("select count(*) from bets where revision = 2 and returned = 0") == 3)
    }

    @Test func `a match put off gives the stake back, and is bet on anew`() async throws {
        let history = try await prepared([Example.fixture()])
        #expect(try await bet(history, at: kickOff).placed == 3)
        let moved = Example.fixture(hours: 39 + 72)
        _ = try await history.record(Example.ingest(fixtures: [moved]))
        #expect(try await bet(history, at: kickOff.addingTimeInterval(3600)).settled == 3)
        #expect(try await history.wallets().flatMap(\.bets).allSatisfy { $0.state == .void })
        #expect(try await bet(history, at: moved.forecastDeadline).placed == 3)
        _ = try await history.record(Example.ingest(matches: [Example.match(moved)]))
        #expect(try await bet(history, at: moved.forecastDeadline).settled == 3)
        let states = try await history.wallets().first?.bets.map(\.state)
        #expect(states == [.void, .won])
    }

    @Test func `matches of a day are bet on after those of the days before are settled`() async throws {
        let fixtures = (0..<3).map { Example.fixture("Home \($0)", hours: 12 + 24 * Double($0)) }
        let history = try await prepared(fixtures)
        _ = try await history.record(
            Example.ingest(matches: fixtures.map { Example.match($0, goals: Sides(home: 0, away: 1)) }))
        let outcome = try await history.bet(
            [.kelly(fraction: 1, cap: 0.5)], openingBalance: 100, at: newYear.addingTimeInterval(90 * 3600))
        #expect(outcome.placed == 3)
        // Kelly's stake at 0.6 and 2.5 is a third of what the loss before left.
        let stakes = try await history.wallets().flatMap(\.bets).map { ($0.stake * 1e6).rounded() / 1e6 }
        #expect(stakes == [33.333333, 22.222222, 14.814815])
    }

    @Test func `a stake is the same to the last digit in whatever order the bets before it lie on disk`() async throws {
        let count = 40
        let fixtures = (0...count).map { Example.fixture("Home \($0)", hours: 12 + 24 * Double($0)) }
        var stakes: [[Double]] = []
        for isShuffled in [false, true] {
            let history = try await TestDatabase.migrated().history()
            _ = try await history.record(
                Example.ingest(
                    matches: fixtures.dropLast().enumerated().map { number, fixture in
                        Example.match(fixture, goals: Sides(home: number % 3 == 0 ? 1 : 0, away: 0))
                    }, fixtures: fixtures.suffix(1)))
            let model = try await history.store(Example.model())
            _ = try await history.store(
                fixtures.enumerated().map { number, fixture in
                    Example.prediction(
                        model: model, of: fixture, home: 0.5 + 0.003 * Double(number), odds: offered)
                })
            let kelly = [BettingStrategy.kelly(fraction: 0.25, cap: 0.05)]
            let last = try #require(fixtures.last).forecastDeadline
            let before = last.addingTimeInterval(-1)
            #expect(try await history.bet(kelly, openingBalance: 1_000, at: before).placed == count)
            // A row that is written anew goes to another place in the table.
            if isShuffled {
                try await history.execute("update bets set revision = revision + 1 where id % 2 = 0")
            }
            #expect(try await history.bet(kelly, openingBalance: 1_000, at: last).placed == 1)
            stakes.append(try await history.wallets().flatMap(\.bets).map(\.stake))
        }
        #expect(stakes[0].count == count + 1)
        #expect(stakes[0] == stakes[1])
    }

    @Test func `matches without a forecast, without odds, or without value are left alone for good`() async throws {
        let fair = try await prepared([Example.fixture()], home: 0.25)
        #expect(try await bet(fair, at: kickOff).placed == 2)
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(fixtures: [Example.fixture(), Example.fixture("Hull")]))
        let model = try await history.store(Example.model())
        _ = try await history.store([Example.prediction(model: model)])
        #expect(try await bet(history, at: kickOff).isNothing)
        #expect(try await history.value("select count(*) from bet_matches") == 2)
        #expect(try await history.wallets().flatMap(\.bets).isEmpty)
    }

    @Test func `writers that bet at once bet once`() async throws {
        let fixtures = (0..<6).map { Example.fixture("Home \($0)") }
        let history = try await prepared(fixtures)
        let placed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { [kickOff] in try await bet(history, at: kickOff).placed } }
            return try await group.reduce(0, +)
        }
        #expect(placed == 18)
        #expect(try await history.value("select count(*) from bets") == 18)
    }
}
