import Football
import Simulation
import Testing

@testable import Agent

struct WalkForwardTests {
    private static let matches = (0..<2).flatMap {
        SimulatedLeague(seed: 3).season(Season(startYear: 2020 + $0))
    }

    private var recipe: Recipe {
        var recipe = Recipe(.known(.market))
        (recipe.trees, recipe.minimumLeaf) = (3, 20)
        return recipe
    }

    /// The same rows with every result of the newest turned around.
    private func turned(_ rows: [Fitted.Row], last: Int) -> [Fitted.Row] {
        rows.enumerated().map { index, row in
            guard index >= rows.count - last else { return row }
            let goals = row.match.result.goals
            let result = MatchResult(
                goals: Sides(home: goals.away, away: goals.home + 1), halfTimeGoals: nil,
                statistics: row.match.result.statistics)
            return (Match(fixture: row.match.fixture, result: result), row.features)
        }
    }

    private func champion(lastDay: Day, recipe: Recipe?) async throws -> WalkForward.Champion {
        WalkForward.Champion(model: try await Example.model(), lastDay: lastDay, recipe: recipe, recorded: [:])
    }

    @Test func `no forecast knows the result of its match or of a later one`() async throws {
        let rows = ForecastDesk.rows(for: Self.matches)
        let champion = try await champion(lastDay: rows[rows.count - 150].match.fixture.day, recipe: recipe)
        let plain = WalkForward(rows: rows, held: 250, recipe: recipe, champion: champion)
        let other = WalkForward(rows: turned(rows, last: 10), held: 250, recipe: recipe, champion: champion)
        let one = try #require(try await plain.forecasts { _ in }).judged
        let two = try #require(try await other.forecasts { _ in }).judged
        #expect(one.map(\.candidate) == two.map(\.candidate), "the last stretch is longer than what was turned")
        #expect(one.map { $0.champion?.forecast } == two.map { $0.champion?.forecast })
        // While a result of an earlier stretch does reach what is forecast after it.
        let early = WalkForward(rows: turned(rows, last: 140), held: 250, recipe: recipe, champion: champion)
        let three = try #require(try await early.forecasts { _ in }).judged
        #expect(one.prefix(100).map(\.candidate) == three.prefix(100).map(\.candidate))
        #expect(one.suffix(30).map(\.candidate) != three.suffix(30).map(\.candidate))
    }

    @Test func `a champion of the same recipe differs only where it learnt less`() async throws {
        let rows = ForecastDesk.rows(for: Self.matches)
        let lastDay = rows[rows.count - 101].match.fixture.day
        let walk = WalkForward(
            rows: rows, held: 200, recipe: recipe, champion: try await champion(lastDay: lastDay, recipe: recipe))
        let judged = try #require(try await walk.forecasts { _ in }).judged
        for match in judged {
            let champion = try #require(match.champion)
            #expect(champion.basis == (match.day > lastDay ? .own : .refitted))
            if champion.basis == .refitted { #expect(champion.forecast == match.candidate) }
        }
        #expect(judged.count >= 200 && judged.contains { $0.champion?.basis == .own })
    }

    @Test func `a champion of another recipe is refitted, and one of an unknown recipe speaks by its record`()
        async throws
    {
        let rows = ForecastDesk.rows(for: Self.matches)
        let lastDay = try #require(rows.last?.match.fixture.day)
        var other = recipe
        other.minimumLeaf = 100
        let refitted = WalkForward(
            rows: rows, held: 100, recipe: recipe, champion: try await champion(lastDay: lastDay, recipe: other))
        #expect(refitted.fits == 2)
        let judged = try #require(try await refitted.forecasts { _ in }).judged
        #expect(judged.allSatisfy { $0.champion?.basis == .refitted })
        #expect(judged.contains { $0.champion?.forecast != $0.candidate })

        let known = rows[rows.count - 1].match.fixture.key
        let said = OutcomeProbabilities(home: 0.5, draw: 0.25, away: 0.25)
        let recorded = WalkForward(
            rows: rows, held: 100, recipe: recipe,
            champion: WalkForward.Champion(
                model: try await Example.model(), lastDay: lastDay, recipe: nil, recorded: [known: said]))
        #expect(recorded.fits == 1)
        let told = try #require(try await recorded.forecasts { _ in }).judged.compactMap(\.champion)
        #expect(told.count == 1 && told[0].basis == .recorded && told[0].forecast == said)
    }

    @Test func `more threads make the same model, other options another`() {
        var threads = recipe
        threads.threads = 16
        #expect(recipe.trainsAlike(threads))
        threads.trees += 1
        #expect(!recipe.trainsAlike(threads))
        let text = RecipeText.encode(recipe)
        #expect(RecipeText.decode(text, featureSet: "market", seed: 1).map(recipe.trainsAlike) == true)
        #expect(RecipeText.decode(text, featureSet: "crystal", seed: 1) == nil)
        #expect(RecipeText.decode("{}", featureSet: "market", seed: 1) == nil)
    }

    @Test func `a stored recipe names what its forecasts start from, and one that names nothing is still read`() throws
    {
        let text = RecipeText.encode(recipe)
        #expect(RecipeText.base(text) == Fixture.consensusName)
        #expect(RecipeText.base(RecipeText.encode(Recipe(.known(.seed15)))) == nil)
        let earlier = #"{"feature_share":0.4,"maximum_depth":64,"minimum_leaf":50,"shrinkage":800,"trees":200}"#
        #expect(RecipeText.base(earlier) == nil)
        let former = try #require(RecipeText.decode(earlier, featureSet: "market", seed: 1))
        #expect(former.closingShrinkage == nil, "it learnt from results, and is refitted likewise")
        #expect(RecipeText.decode(text, featureSet: "market", seed: 1)?.closingShrinkage == recipe.closingShrinkage)
        #expect(RecipeText.decode(earlier, featureSet: "market", seed: 1)?.trees == 200)
        let other = text.replacing("by power", with: "by shin")
        #expect(other != text && RecipeText.decode(other, featureSet: "market", seed: 1) == nil)
    }
}
