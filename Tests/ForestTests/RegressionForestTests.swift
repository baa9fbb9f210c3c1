import Testing

@testable import Forest

@Suite struct RegressionForestTests {
    /// Two targets that step at known places of the first feature, with some noise; the second feature says nothing.
    private func steps(rows: Int = 400, seed: UInt64 = 5) throws -> RegressionSet {
        var numbers = Patterns.Numbers(seed)
        let features = (0..<rows).map { _ in [numbers.next(), numbers.next()] }
        let targets = features.map { row in
            [row[0] < 0.3 ? -1.0 : 1.0, row[0] < 0.7 ? 0.5 : -0.5].map { $0 + 0.02 * (numbers.next() - 0.5) }
        }
        return try RegressionSet(features: features, targets: targets, featureNames: ["a", "b"])
    }

    @Test func `several targets are learnt together`() async throws {
        let forest = try await RegressionForest.train(
            steps(), options: ForestOptions(trees: 30, minimumLeaf: 5, featureShare: 1))
        for (value, expected) in [(0.1, [-1.0, 0.5]), (0.5, [1, 0.5]), (0.9, [1, -0.5])] {
            let found = try forest.predictions([value, 0.5])
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 0.05 }, "\(value): \(found)")
        }
        #expect(forest.featureImportance[0] > 0.99)
    }

    @Test func `a single leaf forecasts its mean, shrunken by its rows`() async throws {
        let set = try RegressionSet(
            features: [[1], [2], [3], [4]], targets: [[1, -2], [2, -2], [3, -2], [6, -2]], featureNames: ["a"])
        let forest = try await RegressionForest.train(
            set, options: ForestOptions(trees: 1, minimumLeaf: 4, bootstrap: false))
        #expect(try forest.predictions([9]) == [3, -2])
        #expect(try forest.predictions([.nan], shrinkage: 4) == [1.5, -1])
        #expect(try forest.predictions([0], shrinkage: 12) == [0.75, -0.5])
        #expect(throws: ForestError.invalidOption(name: "shrinkage", value: "-1.0", expected: "0 or more")) {
            try forest.predictions([0], shrinkage: -1)
        }
    }

    @Test func `a tree divides where the sum of squares about the means is lowest`() async throws {
        var numbers = Patterns.Numbers(9)
        for _ in 0..<8 {
            let features = (0..<25).map { _ in [numbers.next(), numbers.next(), numbers.next()] }
            let targets = features.map { [$0[0] * $0[1] + numbers.next(), $0[2] - numbers.next(), numbers.next()] }
            let set = try RegressionSet(features: features, targets: targets, featureNames: ["a", "b", "c"])
            let forest = try await RegressionForest.train(
                set,
                options: ForestOptions(trees: 1, maximumDepth: 1, minimumLeaf: 3, featuresPerSplit: 3, bootstrap: false)
            )
            let best = try #require(Self.lowestLoss(features, targets, minimumLeaf: 3))
            var loss = 0.0
            for (row, target) in zip(features, targets) {
                let found = try forest.predictions(row)
                for (a, b) in zip(found, target) { loss += (a - b) * (a - b) }
            }
            #expect(abs(loss - best) < 1e-9 * best)
        }
    }

    /// The lowest sum of squares that one question can leave, by trying them all.
    private static func lowestLoss(_ features: [[Double]], _ targets: [[Double]], minimumLeaf: Int) -> Double? {
        func loss(_ rows: [[Double]]) -> Double {
            rows[0].indices.reduce(0.0) { total, target in
                let mean = rows.reduce(0.0) { $0 + $1[target] } / Double(rows.count)
                return total + rows.reduce(0.0) { $0 + ($1[target] - mean) * ($1[target] - mean) }
            }
        }
        var lowest: Double?
        for feature in features[0].indices {
            for threshold in features.map({ $0[feature] }) {
                let left = targets.indices.filter { features[$0][feature] <= threshold }.map { targets[$0] }
                let right = targets.indices.filter { features[$0][feature] > threshold }.map { targets[$0] }
                guard left.count >= minimumLeaf, right.count >= minimumLeaf else { continue }
                lowest = min(lowest ?? .infinity, loss(left) + loss(right))
            }
        }
        return lowest
    }

    @Test func `targets that do not differ need no question`() async throws {
        let set = try RegressionSet(
            features: (0..<50).map { [Double($0)] }, targets: (0..<50).map { _ in [0.1] }, featureNames: ["a"])
        let forest = try await RegressionForest.train(set, options: ForestOptions(trees: 3, minimumLeaf: 1))
        #expect(forest.nodeCount == 3)
    }

    @Test func `many targets are kept apart`() async throws {
        var numbers = Patterns.Numbers(3)
        let features = (0..<200).map { _ in [numbers.next()] }
        let targets = features.map { row in (0..<7).map { row[0] < Double($0 + 1) / 8 ? 0.0 : 1.0 } }
        let set = try RegressionSet(features: features, targets: targets, featureNames: ["a"])
        let forest = try await RegressionForest.train(set, options: ForestOptions(trees: 5, minimumLeaf: 1))
        let found = try forest.predictions([0.56])
        #expect(zip(found, [1, 1, 1, 1, 0, 0, 0]).allSatisfy { abs($0 - $1) < 0.3 }, "\(found)")
    }

    @Test func `one seed gives the same bytes for any number of threads, and they read back`() async throws {
        var options = ForestOptions(trees: 12, minimumLeaf: 4, seed: 7, threads: 1, featureShare: 0.5, sampleShare: 0.8)
        let first = try await RegressionForest.train(steps(), options: options)
        options.threads = 5
        #expect(try await RegressionForest.train(steps(), options: options).bytes == first.bytes)
        let copy = try RegressionForest(bytes: first.bytes)
        #expect(copy.bytes == first.bytes)
        #expect(copy.featureNames == ["a", "b"])
        #expect(try copy.predictions([0.4, .nan], shrinkage: 9) == first.predictions([0.4, .nan], shrinkage: 9))
        #expect(throws: ForestError.foreignBytes) { try Forest(bytes: first.bytes) }
        #expect(throws: ForestError.self) { try RegressionForest(bytes: first.bytes.dropLast()) }
        options.seed = 8
        #expect(try await RegressionForest.train(steps(), options: options).bytes != first.bytes)
    }

    @Test func `many rows at once get what each gets alone`() async throws {
        let forest = try await RegressionForest.train(steps(), options: ForestOptions(trees: 11, minimumLeaf: 4))
        var numbers = Patterns.Numbers(4)
        let rows = (0..<1100).map { _ in [numbers.next(), numbers.next() < 0.1 ? .nan : numbers.next()] }
        let together = try forest.predictions(ofRows: rows.flatMap { $0 }, shrinkage: 10)
        for (index, row) in rows.enumerated() {
            let alone = try forest.predictions(row, shrinkage: 10)
            #expect(zip(alone, together[index * 2..<index * 2 + 2]).allSatisfy { abs($0 - $1) < 1e-12 })
        }
    }

    @Test func `out-of-bag forecasts come from trees that did not see the row`() async throws {
        var numbers = Patterns.Numbers(8)
        let features = (0..<300).map { _ in [numbers.next()] }
        let targets = features.map { _ in [numbers.next() - 0.5] }
        let set = try RegressionSet(features: features, targets: targets, featureNames: ["noise"])
        let (_, outOfBag) = try await RegressionForest.trainWithForecasts(
            set, options: ForestOptions(trees: 50, maximumDepth: 64, minimumLeaf: 1), shrinkage: 0)
        let forecasts = try #require(outOfBag)
        #expect(forecasts.rows == 300)
        // A forest that had seen these rows would correlate with them strongly; the noise has nothing to learn.
        var product = 0.0
        var squares = 0.0
        for row in 0..<300 {
            let forecast = try #require(forecasts[row])
            product += forecast[0] * targets[row][0]
            squares += targets[row][0] * targets[row][0]
        }
        #expect(product < 0.15 * squares)
    }

    @Test(arguments: [
        ([[1.0], [2]], [[1.0]], "2 rows but targets for 1"),
        ([[1], [2]], [[1], [2, 3]], "row 1 has 2 targets, expected 1"),
        ([[1], [2]], [[], []], "0 targets, expected 1 to 15"),
        ([[1], [2]], [[1], [.nan]], "a target of row 1 is not finite"),
    ])
    func `unusable targets are refused with their place`(
        features: [[Double]], targets: [[Double]], problem: String
    ) {
        #expect(throws: ForestError.invalidTrainingSet(problem)) {
            try RegressionSet(features: features, targets: targets, featureNames: ["a"])
        }
    }

    @Test func `class weights have no place in a regression`() async throws {
        let set = try steps(rows: 20)
        await #expect(throws: ForestError.self) {
            try await RegressionForest.train(set, options: ForestOptions(classWeights: [1, 2]))
        }
    }
}
