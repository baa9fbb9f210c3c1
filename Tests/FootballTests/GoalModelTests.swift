import Football
import TestSupport
import Testing

struct GoalModelTests {
    @Test func `strengths agree with the reference`() throws {
        let matches = try RealSeasons.everyMatch.get()
        for example in try Golden.read().poisson {
            let day = try #require(Day(iso: example.date))
            let past = matches.map(\.fixture).enumerated().filter { $1.day < day && $1.day > day.advanced(by: -2_200) }
            var numbers: [String: Int] = [:]
            for team in past.flatMap({ [$1.key.home, $1.key.away] }) where numbers[team] == nil {
                numbers[team] = numbers.count
            }
            let observations = try past.map { index, fixture in
                let goals = matches[index].result.goals
                return GoalModel.Observation(
                    day: fixture.day, home: try #require(numbers[fixture.key.home]),
                    away: try #require(numbers[fixture.key.away]), homeGoals: Double(goals.home),
                    awayGoals: Double(goals.away))
            }
            var model = GoalModel(halfLife: 400, strength: 14)
            model.fit(observations, on: day, priors: Array(repeating: (1, 1), count: numbers.count))
            #expect(agree(model.base, example.mu) && agree(model.homeFactor, example.g))
            for (team, expected) in example.teams {
                let number = try #require(numbers[team])
                #expect(agree(model.attack[number], expected[0]) && agree(model.defence[number], expected[1]))
            }
        }
    }

    @Test func `outcome probabilities agree with the reference`() throws {
        let examples = try Golden.read().lowScores
        #expect(examples.count == 4)
        for example in examples {
            let found = ScoreGrid.probabilities(home: example.lam, away: example.mu, correlation: example.rho)
            #expect(zip(found.values, example.hda).allSatisfy { agree($0, $1) })
        }
    }

    @Test func `without goals the model stays as it was`() {
        var model = GoalModel(halfLife: 400, strength: 14)
        model.fit([], on: Day(number: 0), priors: [(1, 1), (0.85, 1.15)])
        #expect(model.base == 1 && model.attack == [1, 0.85] && model.defence == [1, 1.15])
    }
}
