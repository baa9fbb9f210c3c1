import Glibc

/// Multinomial logistic regression of a match's outcome on a few standardised features.
public struct OutcomeRegression: Sendable, Hashable, Codable {
    /// Each feature's mean over the training rows.
    public let means: [Double]
    /// Each feature's standard deviation over the training rows; 1 for a constant.
    public let deviations: [Double]
    /// For each outcome the intercept, then a weight for each standardised feature; 0 throughout for the away win, which
    /// the other two are measured against.
    public let weights: [[Double]]

    /// Fits by Newton's method to the least mean log loss plus `penalty` times the squared weights; nil without rows.
    ///
    /// - Parameters:
    ///   - rows: The features and the outcome of each match; no value is NaN.
    ///   - penalty: Above 0, so that the answer is one; the intercepts are weights too.
    public init?(_ rows: [(features: [Double], outcome: Outcome)], penalty: Double = 1e-4) {
        guard let width = rows.first?.features.count else { return nil }
        let count = Double(rows.count)
        let means = (0..<width).map { column in rows.reduce(0) { $0 + $1.features[column] } / count }
        let deviations = (0..<width).map { column in
            let square = rows.reduce(0) {
                $0 + ($1.features[column] - means[column]) * ($1.features[column] - means[column])
            }
            return square > 0 ? (square / count).squareRoot() : 1
        }
        let inputs = rows.map { row in
            [1] + (0..<width).map { (row.features[$0] - means[$0]) / deviations[$0] }
        }
        let size = width + 1
        let free = 2 * size
        var weights = [Double](repeating: 0, count: 3 * size)
        for _ in 0..<50 {
            var gradient = (0..<free).map { weights[$0] * 2 * penalty * count }
            var flat = [Double](repeating: 0, count: free * free)
            for (input, row) in zip(inputs, rows) {
                let chances = OutcomeRegression.softmax(input, weights)
                for outcome in 0..<2 {
                    let error = chances[outcome] - (row.outcome.rawValue == outcome ? 1 : 0)
                    for column in 0..<size { gradient[outcome * size + column] += error * input[column] }
                }
                OutcomeRegression.add(input, chances, to: &flat)
            }
            var curvature = (0..<free).map { Array(flat[$0 * free..<($0 + 1) * free]) }
            for index in gradient.indices { curvature[index][index] += 2 * penalty * count }
            let step = OutcomeRegression.solve(curvature, gradient)
            for index in step.indices { weights[index] -= step[index] }
            if (step.map(abs).max() ?? 0) < 1e-10 { break }
        }
        self.means = means
        self.deviations = deviations
        self.weights = (0..<3).map { Array(weights[$0 * size..<($0 + 1) * size]) }
    }

    /// The outcome probabilities of one row of features.
    public func probabilities(_ features: [Double]) -> OutcomeProbabilities {
        let input = [1] + features.indices.map { (features[$0] - means[$0]) / deviations[$0] }
        return OutcomeProbabilities(normalising: OutcomeRegression.softmax(input, weights.flatMap(\.self)))
    }

    private static func softmax(_ input: [Double], _ weights: [Double]) -> [Double] {
        var scores = [0.0, 0.0, 0.0]
        for outcome in 0..<3 {
            for column in input.indices { scores[outcome] += weights[outcome * input.count + column] * input[column] }
        }
        let highest = max(scores[0], scores[1], scores[2])
        let raised = scores.map { exp($0 - highest) }
        let total = raised[0] + raised[1] + raised[2]
        return raised.map { $0 / total }
    }

    /// Adds a row's part of the lower triangle of the loss' second derivatives, row after row.
    ///
    /// Nearly all of the time of a fit is spent here, and the tests' builds do not optimise: hence the pointers.
    private static func add(_ input: [Double], _ chances: [Double], to flat: inout [Double]) {
        let size = input.count
        flat.withUnsafeMutableBufferPointer { flat in
            input.withUnsafeBufferPointer { input in
                guard let flat = flat.baseAddress, let input = input.baseAddress else { return }
                for outcome in 0..<2 {
                    for other in 0...outcome {
                        let factor = chances[outcome] * ((outcome == other ? 1 : 0) - chances[other])
                        var column = 0
                        while column < size {
                            let scaled = factor * input[column]
                            let start = (outcome * size + column) * 2 * size + other * size
                            var second = 0
                            while second < size {
                                flat[start + second] += scaled * input[second]
                                second += 1
                            }
                            column += 1
                        }
                    }
                }
            }
        }
    }

    /// Solves a positive definite system, of which the lower triangle is given, by Cholesky's method.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var lower = matrix
        for row in lower.indices {
            for column in 0...row {
                var sum = lower[row][column]
                for index in 0..<column { sum -= lower[row][index] * lower[column][index] }
                lower[row][column] = row == column ? max(sum, 1e-12).squareRoot() : sum / lower[column][column]
            }
        }
        var solution = right
        for row in solution.indices {
            for index in 0..<row { solution[row] -= lower[row][index] * solution[index] }
            solution[row] /= lower[row][row]
        }
        for row in solution.indices.reversed() {
            for index in row + 1..<max(row + 1, solution.count) { solution[row] -= lower[index][row] * solution[index] }
            solution[row] /= lower[row][row]
        }
        return solution
    }
}
