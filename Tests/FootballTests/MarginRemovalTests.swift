import Football
import Testing

struct MarginRemovalTests {
    @Test func `every way to take the margin out agrees with the reference`() throws {
        let examples = try Golden.read().margin
        #expect(examples.count == 10)
        for example in examples {
            let odds = Odds(home: example.odds[0], draw: example.odds[1], away: example.odds[2])
            for (removal, expected) in [
                (MarginRemoval.proportional, example.proportional), (.additive, example.additive),
                (.power, example.power), (.shin, example.shin),
            ] {
                for (found, expected) in zip(odds.probabilities(removal).values, expected) {
                    #expect(agree(found, expected), "\(removal) of \(example.odds)")
                }
            }
        }
    }

    @Test(arguments: MarginRemoval.allCases)
    func `probabilities sum to 1, with a margin and without one`(removal: MarginRemoval) {
        for odds in [
            Odds(home: 1.02, draw: 21, away: 51), Odds(home: 3, draw: 3, away: 3),
            Odds(home: 2.2, draw: 3.6, away: 3.9),
        ] {
            let probabilities = odds.probabilities(removal).values
            #expect(agree(probabilities.reduce(0, +), 1) && probabilities.allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test func `odds that cannot be meant are left for the next bookmaker's`() throws {
        let absurd = Odds(home: 3.2, draw: 3.0, away: 1.9)
        let sane = Odds(home: 3.1, draw: 3.5, away: 2.4)
        let key = MatchKey(division: "E0", season: Season(startYear: 2022), home: "Aston Villa", away: "Arsenal")
        let fixture = Fixture(
            key: key, day: Day(number: 19_406), kickOff: nil, odds: [Quote(.bet365): absurd, Quote(.average): sane])
        #expect(!absurd.isSane && fixture.marketOdds == absurd && fixture.forecastOdds == sane)
        let alone = Fixture(key: key, day: fixture.day, kickOff: nil, odds: [Quote(.bet365): absurd])
        #expect(alone.forecastOdds == nil)
    }
}
