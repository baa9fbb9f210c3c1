import Football
import Testing

struct BettingTests {
    private let day = Season(startYear: 2023).firstDay
    private let odds = Odds(home: 2, draw: 4, away: 5)
    private let forecast = OutcomeProbabilities(home: 0.6, draw: 0.28, away: 0.12)

    /// Bets of one strategy on a sequence of matches, each settled before the next.
    private func sequence(
        _ strategy: BettingStrategy, _ example: Golden.Metrics, from opening: Double
    ) throws -> BettingRecord {
        var bets: [PlacedBet] = []
        for ((p, offered), y) in zip(zip(example.p, example.odds), example.y) {
            let balance = BettingRecord(openingBalance: opening, bets: bets).balance
            let wager = strategy.wager(
                OutcomeProbabilities(home: p[0], draw: p[1], away: p[2]),
                Odds(home: offered[0], draw: offered[1], away: offered[2]), balance: balance)
            guard let wager else { continue }
            bets.append(
                PlacedBet(
                    day: day, state: wager.outcome.rawValue == y ? .won : .lost, stake: wager.stake, odds: wager.odds,
                    closingOdds: nil))
        }
        return BettingRecord(openingBalance: opening, bets: bets)
    }

    @Test func `flat stakes and Kelly agree with the reference`() throws {
        for example in try Golden.read().metrics {
            let flat = try sequence(.flat(stake: 1), example, from: 1_000)
            let decided = flat.bets[.won, default: 0] + flat.bets[.lost, default: 0]
            #expect(decided == Int(example.flat0[0]))
            #expect(agree(try #require(flat.yield).value, example.flat0[1]))
            let choosy = try sequence(.flat(stake: 1, edge: 0.05), example, from: 1_000)
            #expect(choosy.bets[.won, default: 0] + choosy.bets[.lost, default: 0] == Int(example.flat5[0]))
            #expect(agree(try #require(choosy.yield).value, example.flat5[1]))
            let kelly = try sequence(.kelly(fraction: 0.25, cap: 0.05), example, from: 1)
            #expect(agree(kelly.balance, example.kelly[0]))
            #expect(agree(try #require(kelly.yield).value, example.kelly[1]))
        }
    }

    @Test func `the flat bettor leaves a match alone that has no value or that the wallet cannot pay`() {
        let flat = BettingStrategy.flat(stake: 10)
        #expect(flat.wager(forecast, odds, balance: 10)?.outcome == .home)
        #expect(flat.wager(forecast, odds, balance: 9.99) == nil)
        let fair = OutcomeProbabilities(home: 0.5, draw: 0.25, away: 0.25)
        #expect(flat.wager(fair, Odds(home: 1.9, draw: 3.8, away: 3.8), balance: 100) == nil)
    }

    @Test func `Kelly's stake grows with the edge up to its cap`() throws {
        let full = BettingStrategy.kelly(fraction: 1, cap: 0.9)
        let wager = try #require(full.wager(forecast, odds, balance: 100))
        #expect(agree(wager.stake, 20))
        #expect(wager.odds == 2)
        #expect(wager.probability == 0.6)
        #expect(BettingStrategy.kelly(fraction: 0.5, cap: 0.05).wager(forecast, odds, balance: 100)?.stake == 5)
        #expect(full.wager(forecast, odds, balance: 0) == nil)
    }

    @Test func `the rule bets on a likely favourite with an edge, and on nothing else`() {
        let rule = BettingStrategy.rule(confidence: 0.6, edge: 0.1, cap: 0.05)
        #expect(rule.wager(forecast, odds, balance: 100)?.stake == 5)
        #expect(rule.wager(OutcomeProbabilities(home: 0.59, draw: 0.29, away: 0.12), odds, balance: 100) == nil)
        #expect(rule.wager(forecast, Odds(home: 1.8, draw: 9, away: 9), balance: 100) == nil)
    }

    @Test func `a record adds up`() throws {
        func bet(_ state: PlacedBet.State, _ stake: Double, _ odds: Double, closing: Double? = nil) -> PlacedBet {
            PlacedBet(day: day, state: state, stake: stake, odds: odds, closingOdds: closing)
        }
        let bets = [
            bet(.won, 10, 3, closing: 2.5), bet(.lost, 40, 2, closing: 2), bet(.void, 5, 2), bet(.lost, 30, 4),
            bet(.won, 10, 2), bet(.open, 25, 2),
        ]
        let record = BettingRecord(openingBalance: 100, bets: bets)
        #expect(record.balance == 35)
        let states: [PlacedBet.State: Int] = [.won: 2, .lost: 2, .void: 1, .open: 1]
        #expect(record.bets == states)
        #expect(record.staked == 90)
        #expect(record.returned == 50)
        #expect(agree(try #require(record.yield).value, -0.444444444444444))
        #expect(agree(record.maximumDrawdown, 0.583333333333333))
        #expect(record.drawdown == 0.5)
        #expect(agree(try #require(record.closingLineValue).value, 0.1))
        let none = BettingRecord(openingBalance: 100, bets: [])
        #expect(none.balance == 100 && none.drawdown == 0)
        #expect(none.yield == nil && none.closingLineValue == nil)
    }
}
