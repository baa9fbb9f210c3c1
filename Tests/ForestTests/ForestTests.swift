import Forest
import Testing

@Suite struct ForestTests {
    @Test func `bands of one feature are learnt`() async throws {
        let forest = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 20, minimumLeaf: 1))
        for (value, label) in [(0.1, 0), (0.25, 0), (0.4, 1), (0.6, 1), (0.75, 2), (0.95, 2)] {
            #expect(try forest.classOf([value, 0.5]) == label)
        }
        #expect(forest.featureImportance[0] > 0.8)
        #expect(abs(forest.featureImportance.reduce(0, +) - 1) < 1e-12)
    }

    @Test func `a rule of two features that says nothing about either alone is learnt`() async throws {
        let set = try Patterns.set(rows: 500, classes: 2) { ($0[0] < 0.5) == ($0[1] < 0.5) ? 0 : 1 }
        let forest = try await Forest.train(set, options: ForestOptions(trees: 40, minimumLeaf: 1))
        for (row, label) in [([0.2, 0.2], 0), ([0.8, 0.8], 0), ([0.2, 0.8], 1), ([0.8, 0.2], 1)] {
            #expect(try forest.classOf(row) == label)
        }
    }

    @Test func `four corners, where no first question lowers the impurity, are told apart`() async throws {
        let set = try TrainingSet(
            features: [[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 1, 1, 0], classes: 2,
            featureNames: ["a", "b"])
        let forest = try await Forest.train(
            set, options: ForestOptions(trees: 1, minimumLeaf: 1, featuresPerSplit: 2, bootstrap: false))
        #expect(try forest.probabilities([0, 0]) == [1, 0])
        #expect(try forest.probabilities([0, 1]) == [0, 1])
        #expect(try forest.probabilities([1, 0]) == [0, 1])
        #expect(try forest.probabilities([1, 1]) == [1, 0])
    }

    @Test func `probabilities are shares that sum to 1`() async throws {
        let forest = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 15))
        var numbers = Patterns.Numbers(7)
        for _ in 0..<200 {
            let probabilities = try forest.probabilities([numbers.next() * 4 - 2, .nan])
            #expect(probabilities.allSatisfy { (0...1).contains($0) })
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test func `a row of another width and an infinite value are refused`() async throws {
        let forest = try await Forest.train(Patterns.bands(), options: ForestOptions(trees: 1))
        #expect(throws: ForestError.featureCount(expected: 2, found: 3)) { try forest.probabilities([1, 2, 3]) }
        #expect(throws: ForestError.infiniteValue(feature: "f1")) { try forest.probabilities([1, -.infinity]) }
    }

    @Test func `a missing value that means something is learnt`() async throws {
        var numbers = Patterns.Numbers(3)
        let rows = (0..<200).map { $0 % 3 == 0 ? [.nan] : [numbers.next()] }
        let set = try TrainingSet(
            features: rows, labels: rows.map { $0[0].isNaN ? 1 : 0 }, classes: 2, featureNames: ["a"])
        let forest = try await Forest.train(set, options: ForestOptions(trees: 5, minimumLeaf: 1))
        #expect(try forest.probabilities([.nan]) == [0, 1])
        #expect(try forest.probabilities([0.5]) == [1, 0])
    }

    @Test(arguments: [0.0, 1.0]) func `a missing value goes to the side that its class is on`(side: Double) async throws
    {
        let rows = (0..<90).map { [Double.nan, 0, 1][$0 % 3] }
        let set = try TrainingSet(
            features: rows.map { [$0] }, labels: rows.map { $0.isNaN || $0 == side ? 1 : 0 }, classes: 2,
            featureNames: ["a"])
        let forest = try await Forest.train(set, options: ForestOptions(trees: 5, maximumDepth: 1, minimumLeaf: 1))
        #expect(try forest.probabilities([.nan]) == [0, 1])
        #expect(try forest.probabilities([side]) == [0, 1])
        #expect(try forest.probabilities([1 - side]) == [1, 0])
    }

    @Test func `a value missing for the first time goes where most rows went`() async throws {
        let rows = (0..<40).map { [$0 < 10 ? 0.0 : 1.0] }
        let set = try TrainingSet(
            features: rows, labels: rows.map { Int($0[0]) }, classes: 2, featureNames: ["a"])
        let forest = try await Forest.train(set, options: ForestOptions(trees: 5, minimumLeaf: 1))
        #expect(try forest.probabilities([.nan]) == [0, 1])
    }

    @Test func `one class among three is forecast with certainty`() async throws {
        let set = try Patterns.set(rows: 50, classes: 3) { _ in 1 }
        let forest = try await Forest.train(set, options: ForestOptions(trees: 3))
        #expect(try forest.probabilities([0.5, 0.5]) == [0, 1, 0])
        #expect(forest.featureImportance == [0, 0])
    }

    @Test func `constant and wholly missing features give the class frequencies`() async throws {
        let rows = [[Double]](repeating: [4, .nan], count: 100)
        let set = try TrainingSet(
            features: rows, labels: rows.indices.map { $0 % 4 == 0 ? 0 : 1 }, classes: 2, featureNames: ["a", "b"])
        let forest = try await Forest.train(set, options: ForestOptions(trees: 1, minimumLeaf: 1, bootstrap: false))
        #expect(try forest.probabilities([9, 9]) == [0.25, 0.75])
        #expect(forest.outOfBag == nil)
    }

    @Test func `leaves keep to the fewest distinct rows`() async throws {
        let set = try Patterns.bands(rows: 60)
        let options = ForestOptions(trees: 1, minimumLeaf: 31, bootstrap: false)
        let forest = try await Forest.train(set, options: options)
        let first = try forest.probabilities([0, 0])
        #expect(try forest.probabilities([1, 1]) == first)
    }
}
