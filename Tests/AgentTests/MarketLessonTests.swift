import Football
import Testing

@testable import Agent

struct MarketLessonTests {
    private static let early = Odds(home: 2, draw: 3.5, away: 4)
    private static let late = Odds(home: 1.8, draw: 3.7, away: 4.8)
    private let recipe = Recipe.served

    /// Rows in which all is known; the first of them have closing odds.
    private func rows(_ count: Int, closed: Int) -> [Fitted.Row] {
        (0..<count).map { place in
            var odds = [Quote(.average): Self.early]
            if place < closed { odds[Quote(.pinnacle, closing: true)] = Self.late }
            let key = MatchKey(
                division: "E0", season: Season(startYear: 2020), home: "H\(place)", away: "A\(place)")
            let fixture = Fixture(key: key, day: Day(number: Int32(place)), kickOff: nil, odds: odds)
            let goals = Sides(home: place % 3, away: 1)
            let match = Match(
                fixture: fixture, result: MatchResult(goals: goals, halfTimeGoals: nil, statistics: [:]))
            let market = fixture.consensus?.values ?? []
            return (match, market + [Double](repeating: Double(place % 5), count: LeagueBook.names.count - 3))
        }
    }

    @Test func `with closing odds of a season's matches the lesson is how the market moved`() throws {
        let lesson = MarketLesson(rows(500, closed: 380), recipe)
        #expect(lesson.rows.count == 380 && lesson.shrinkage == recipe.closingShrinkage)
        let moved = zip(Self.late.probabilities(.power).values, Self.early.probabilities(.power).values).map { $0 - $1 }
        #expect(lesson.rows.allSatisfy { $0.residuals == moved })
    }

    @Test func `with fewer, or where it is told to, it is what happened`() throws {
        var fromResults = recipe
        fromResults.closingShrinkage = nil
        let early = Self.early.probabilities(.power).values
        for lesson in [MarketLesson(rows(500, closed: 379), recipe), MarketLesson(rows(500, closed: 500), fromResults)]
        {
            #expect(lesson.rows.count == 500 && lesson.shrinkage == recipe.shrinkage)
            #expect(lesson.rows[2].residuals == [1 - early[0], -early[1], -early[2]])
        }
    }

    @Test func `a match's own closing odds do not reach its forecast`() async throws {
        var recipe = recipe
        (recipe.trees, recipe.minimumLeaf) = (5, 20)
        let all = rows(500, closed: 500)
        let fitted = try #require(try await Fitted.fit(Array(all.prefix(450)), recipe))
        let known = try #require(try fitted.forecast(all[470]))
        let unknown = try #require(try fitted.forecast(rows(500, closed: 0)[470]))
        #expect(known == unknown)
        let late = Self.late.probabilities(.power)
        #expect(abs(known.home - late.home) < 0.01, "it has learnt where the market goes")
    }
}
