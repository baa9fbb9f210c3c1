import Testing

@testable import Forest

@Suite struct ForestVariantsTests {
    @Test(arguments: [
        ForestOptions(trees: 40, minimumLeaf: 3, splitRule: .random),
        ForestOptions(trees: 40, minimumLeaf: 3, bootstrap: false, sampleShare: 0.5),
        ForestOptions(trees: 40, minimumLeaf: 3, exactSplits: true),
        ForestOptions(trees: 40, minimumLeaf: 3, featureShare: 1, sampleShare: 0.6, splitRule: .random),
    ])
    func `every way to grow learns bands, forecasts unseen rows and survives storage`(options: ForestOptions)
        async throws
    {
        let forest = try await Forest.train(Patterns.bands(), options: options)
        let fresh = try Patterns.bands(rows: 200, seed: 77)
        var hits = 0
        for row in 0..<200 where try forest.classOf(fresh.table.columns.map { $0[row] }) == fresh.labels[row] {
            hits += 1
        }
        #expect(hits >= 188, "\(hits) of 200")
        #expect(try #require(forest.outOfBag).rows == 300)
        #expect(try Forest(bytes: forest.bytes).options == options)
    }

    @Test func `exact splits are those of bins where values are few, and finer where they are many`() async throws {
        let few = try Patterns.bands(rows: 200)
        var options = ForestOptions(trees: 5, minimumLeaf: 1, seed: 2)
        let binned = try await Forest.train(few, options: options)
        options.exactSplits = true
        let exact = try await Forest.train(few, options: options)
        #expect(exact.trees.nodes == binned.trees.nodes)

        // The one boundary lies within a bin of 2,000 / 254 rows.
        let many = try Patterns.set(rows: 2000, features: 1, classes: 2) { $0[0] < 0.50021 ? 0 : 1 }
        let tree = ForestOptions(trees: 1, minimumLeaf: 1, bootstrap: false, exactSplits: true)
        #expect(try await Forest.train(many, options: tree).nodeCount == 3)
    }

    @Test func `a class that weighs more is forecast more often`() async throws {
        var coin = Patterns.Numbers(21)
        let set = try Patterns.set(rows: 800, classes: 2) { row in coin.next() < 0.15 ? 1 : 0 }
        #expect(set.balancedWeights.count == 2)
        #expect(set.balancedWeights[1] > 5 * set.balancedWeights[0])
        var options = ForestOptions(trees: 30, minimumLeaf: 100, seed: 4)
        let plain = try await Forest.train(set, options: options).probabilities([0.5, 0.5])
        options.classWeights = set.balancedWeights
        let weighted = try await Forest.train(set, options: options)
        #expect(plain[1] < 0.25)
        #expect(try abs(weighted.probabilities([0.5, 0.5])[1] - 0.5) < 0.15)
        #expect(try Forest(bytes: weighted.bytes).probabilities([0.1, 0.9]) == weighted.probabilities([0.1, 0.9]))
    }

    @Test func `a weight of two is a row that stands there twice`() async throws {
        let set = try Patterns.set(rows: 120, classes: 2) { $0[0] * $0[1] < 0.2 ? 1 : 0 }
        let twice = set.labels.indices.flatMap { set.labels[$0] == 1 ? [$0, $0] : [$0] }
        let doubled = try TrainingSet(
            columns: set.table.columns.map { column in twice.map { column[$0] } }, labels: twice.map { set.labels[$0] },
            classes: 2, featureNames: set.featureNames)
        var options = ForestOptions(trees: 1, minimumLeaf: 1, featuresPerSplit: 2, bootstrap: false)
        let copies = try await Forest.train(doubled, options: options)
        options.classWeights = [1, 2]
        let weighted = try await Forest.train(set, options: options)
        // Where a missing value would go is the majority of rows, which is not the same.
        #expect(
            weighted.trees.nodes.map { [$0.next, UInt32($0.place % 2)] }
                == copies.trees.nodes.map { [$0.next, UInt32($0.place % 2)] })
        #expect(weighted.trees.nodes.map(\.bin) == copies.trees.nodes.map(\.bin))
    }

    @Test(arguments: [2, 5, 20])
    func `any number of classes is learnt`(classes: Int) async throws {
        let set = try Patterns.set(rows: 500, classes: classes) { min(classes - 1, Int($0[0] * Double(classes))) }
        let forest = try await Forest.train(
            set, options: ForestOptions(trees: 10, minimumLeaf: 2, featuresPerSplit: 2))
        #expect(try #require(forest.outOfBag).accuracy > 0.85)
        #expect(try forest.classOf([0.999, 0.5]) == classes - 1)
    }

    @Test func `a node of more draws than a machine word counts is divided like any other`() async throws {
        // Nine tenths of 80,000 rows are alike in all but their class, so that a lane of 16 bits would overflow.
        var numbers = Patterns.Numbers(6)
        let column = (0..<80_000).map { _ in numbers.next() < 0.9 ? 0.0 : 1.0 }
        let set = try TrainingSet(
            columns: [column], labels: column.map { $0 > 0 ? 1 : 0 }, classes: 3, featureNames: ["a"])
        let forest = try await Forest.train(set, options: ForestOptions(trees: 1, minimumLeaf: 1))
        #expect(forest.nodeCount == 3)
        #expect(try forest.probabilities([0]) == [1, 0, 0])
        #expect(try forest.probabilities([1]) == [0, 1, 0])
    }

    @Test func `many rows at once get what each gets alone, to the last bit`() async throws {
        let set = try Patterns.set(rows: 300, features: 5, classes: 3) { min(2, Int($0[0] * $0[3] * 6)) }
        let forest = try await Forest.train(set, options: ForestOptions(trees: 21, minimumLeaf: 1))
        var numbers = Patterns.Numbers(31)
        let rows = (0..<1043).map { _ in (0..<5).map { _ in numbers.next() < 0.1 ? .nan : numbers.next() } }
        let together = try forest.probabilities(ofRows: rows.flatMap { $0 })
        #expect(together.count == 3 * rows.count)
        for (index, row) in rows.enumerated() {
            #expect(try Array(together[index * 3..<index * 3 + 3]) == forest.probabilities(row))
        }
        #expect(try forest.probabilities(ofRows: []).isEmpty)
        #expect(throws: ForestError.featureCount(expected: 5, found: 2)) { try forest.probabilities(ofRows: [1, 2]) }
        #expect(throws: ForestError.infiniteValue(feature: "f2")) {
            try forest.probabilities(ofRows: [1, 2, -.infinity, 4, 5])
        }
    }

    @Test func `out-of-bag forecasts can be had or left out`() async throws {
        var options = ForestOptions(trees: 15, minimumLeaf: 2)
        let (forest, outOfBag) = try await Forest.trainWithForecasts(Patterns.bands(), options: options)
        let forecasts = try #require(outOfBag)
        #expect(forecasts.rows == 300)
        #expect(forecasts.width == 3)
        for row in 0..<300 {
            let forecast = try #require(forecasts[row])
            #expect(abs(forecast.reduce(0, +) - 1) < 1e-9)
        }
        options.outOfBag = false
        let (silent, none) = try await Forest.trainWithForecasts(Patterns.bands(), options: options)
        #expect(none == nil)
        #expect(silent.outOfBag == nil)
        #expect(silent.trees.nodes == forest.trees.nodes)
    }

    @Test(arguments: [
        (ForestOptions(featureShare: 0), "featureShare"), (ForestOptions(sampleShare: 1.5), "sampleShare"),
        (ForestOptions(sampleShare: .nan), "sampleShare"), (ForestOptions(classWeights: [1, 0, 1]), "classWeights"),
        (ForestOptions(classWeights: [1, 1]), "classWeights"),
    ])
    func `shares and weights out of range are refused by name`(options: ForestOptions, name: String) async throws {
        let set = try Patterns.bands()
        let error = await #expect(throws: ForestError.self) { try await Forest.train(set, options: options) }
        guard case .invalidOption(let refused, _, _) = error else { return #expect(error == nil) }
        #expect(refused == name)
    }
}
