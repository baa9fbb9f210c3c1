import Testing

@testable import Forest

@Suite struct PermutationImportanceTests {
    @Test func `the feature that decides is worth much and noise nothing, for any number of threads`() async throws {
        let forest = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 30, minimumLeaf: 3))
        let fresh = try Patterns.bands(rows: 400, seed: 41)
        let found = try await forest.permutationImportance(on: fresh, seed: 5, repetitions: 4)
        #expect(found.map(\.feature) == ["f0", "f1"])
        #expect(found[0].mean > 1)
        #expect(abs(found[1].mean) < 0.1)
        #expect(found.allSatisfy { $0.rows == 400 && $0.standardDeviation > 0 })
        #expect(try await forest.permutationImportance(on: fresh, seed: 5, repetitions: 4, threads: 3) == found)
    }

    @Test func `a set of other features is refused`() async throws {
        let forest = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 2))
        let other = try Patterns.set(rows: 10, features: 3, classes: 3) { _ in 0 }
        await #expect(throws: ForestError.invalidTrainingSet("its features or classes are not the forest's")) {
            try await forest.permutationImportance(on: other)
        }
        await #expect(throws: ForestError.invalidOption(name: "repetitions", value: "0", expected: "1 or more")) {
            try await forest.permutationImportance(on: Patterns.bands(), repetitions: 0)
        }
    }
}
