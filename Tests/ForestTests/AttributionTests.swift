import Testing

@testable import Forest

@Suite struct AttributionTests {
    @Test func `the bias and the contributions sum to the forecast, and noise contributes little`() async throws {
        let forest = try await Forest.train(
            Patterns.bands(), options: ForestOptions(trees: 25, minimumLeaf: 3, classWeights: [1, 2, 1]))
        let attribution = Attribution(forest)
        for row in [[0.1, 0.5], [0.5, 0.1], [.nan, 0.9], [0.99, .nan]] {
            let explanation = try attribution.explanation(row)
            let forecast = try forest.probabilities(row)
            for label in 0..<3 {
                let sum = explanation.bias[label] + explanation.contributions.reduce(0) { $0 + $1[label] }
                #expect(abs(sum - forecast[label]) < 1e-9)
            }
        }
        let explanation = try attribution.explanation([0.1, 0.5])
        #expect(explanation.contributions[0][0] > 0.5)
        #expect(abs(explanation.contributions[1][0]) < 0.15)
    }

    @Test func `a question moves the forecast by the difference of its nodes`() async throws {
        let set = try RegressionSet(
            features: [[0, 1], [0, 2], [1, 1], [1, 2]], targets: [[0], [0], [6], [10]], featureNames: ["a", "b"])
        let forest = try await RegressionForest.train(
            set, options: ForestOptions(trees: 1, minimumLeaf: 1, featuresPerSplit: 2, bootstrap: false))
        let explanation = try Attribution(forest).explanation([1, 2])
        // The mean of all is 4, of those with a = 1 it is 8, and with b = 2 as well 10.
        #expect(explanation.bias == [4])
        #expect(explanation.contributions == [[4], [2]])
        #expect(throws: ForestError.featureCount(expected: 2, found: 1)) { try Attribution(forest).explanation([1]) }
    }
}
