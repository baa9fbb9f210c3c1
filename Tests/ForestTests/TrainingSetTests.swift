import Forest
import Testing

@Suite struct TrainingSetTests {
    @Test(arguments: [
        ([[Double]](), [Int](), 2, ["a"], "no rows"),
        ([[1]], [0, 1], 2, ["a"], "1 rows but 2 labels"),
        ([[1]], [0], 0, ["a"], "0 classes, expected 1 to 63"),
        ([[]], [0], 2, [], "0 features, expected 1 to 4096"),
        ([[1, 2]], [0], 2, ["a", "a"], "feature names are not distinct"),
        ([[1, 2], [3]], [0, 1], 2, ["a", "b"], "row 1 has 1 values, expected 2"),
        ([[1, .infinity]], [0], 2, ["a", "b"], "feature b of row 0 is infinite"),
        ([[1], [2]], [0, 2], 2, ["a"], "row 1 has class 2 of 2"),
    ])
    func `unusable rows are refused with their place`(
        features: [[Double]], labels: [Int], classes: Int, names: [String], problem: String
    ) {
        #expect(throws: ForestError.invalidTrainingSet(problem)) {
            try TrainingSet(features: features, labels: labels, classes: classes, featureNames: names)
        }
    }

    @Test func `a set knows its size`() throws {
        let set = try TrainingSet(
            features: [[1, .nan], [2, 3]], labels: [0, 1], classes: 3, featureNames: ["a", "b"])
        #expect(set.rows == 2)
        #expect(set.features == 2)
    }
}
