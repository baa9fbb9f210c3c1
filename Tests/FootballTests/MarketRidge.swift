import Football
import Glibc

/// The reference's ridge regression that starts from the market.
///
/// Scores are `(1 + s) ln p` plus, for a home win and for a draw, a bias and weights of standardised columns. It has the
/// least mean log loss plus 0.01 times the sum of the squares of `s`, biases and weights.
struct MarketRidge {
    /// A match: the market's opinion, the columns, and what happened.
    typealias Row = (market: OutcomeProbabilities, columns: [Double], outcome: Outcome)

    private static let penalty = 0.01
    private let means: [Double]
    private let deviations: [Double]
    private var parameters: [Double]

    /// Fits by Newton's method with the curvature of the market itself, which the fit never moves far from.
    init(_ rows: [Row]) {
        let width = rows[0].columns.count
        let count = Double(rows.count)
        let means = (0..<width).map { column in rows.reduce(0) { $0 + $1.columns[column] } / count }
        self.means = means
        deviations = (0..<width).map { column in
            let squares = rows.reduce(0) {
                $0 + ($1.columns[column] - means[column]) * ($1.columns[column] - means[column])
            }
            return (squares / count).squareRoot()
        }
        let size = 2 * (width + 1) + 1
        parameters = [Double](repeating: 0, count: size)
        let inputs = rows.map { standardised($0.columns) }
        var curvature = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for (row, input) in zip(rows, inputs) { add(row.market, input, to: &curvature) }
        for index in 0..<size {
            for other in 0..<size { curvature[index][other] /= count }
            curvature[index][index] += 2 * Self.penalty
        }
        for _ in 0..<40 {
            var gradient = parameters.map { 2 * Self.penalty * $0 * count }
            for (row, input) in zip(rows, inputs) {
                let chances = chances(row.market, input).values
                let logarithms = row.market.values.map { log($0) }
                let errors = (0..<3).map { chances[$0] - (row.outcome.rawValue == $0 ? 1 : 0) }
                for column in input.indices {
                    gradient[column] += errors[0] * input[column]
                    gradient[input.count + column] += errors[1] * input[column]
                }
                gradient[size - 1] +=
                    errors[0] * logarithms[0] + errors[1] * logarithms[1] + errors[2] * logarithms[2]
            }
            let step = Self.solve(curvature, gradient.map { $0 / count })
            for index in step.indices { parameters[index] -= step[index] }
            if (step.map(abs).max() ?? 0) < 1e-10 { break }
        }
    }

    /// The forecast of a match.
    func forecast(_ market: OutcomeProbabilities, _ columns: [Double]) -> OutcomeProbabilities {
        chances(market, standardised(columns))
    }

    private func standardised(_ columns: [Double]) -> [Double] {
        [1] + columns.indices.map { (columns[$0] - means[$0]) / deviations[$0] }
    }

    private func chances(_ market: OutcomeProbabilities, _ input: [Double]) -> OutcomeProbabilities {
        let scale = 1 + parameters[parameters.count - 1]
        var (home, draw) = (0.0, 0.0)
        for column in input.indices {
            home += parameters[column] * input[column]
            draw += parameters[input.count + column] * input[column]
        }
        return OutcomeProbabilities(normalising: [
            pow(market.home, scale) * exp(home), pow(market.draw, scale) * exp(draw), pow(market.away, scale),
        ])
    }

    private func add(_ market: OutcomeProbabilities, _ input: [Double], to curvature: inout [[Double]]) {
        let (home, draw) = (market.home, market.draw)
        let logarithms = market.values.map { log($0) }
        let mean = zip(market.values, logarithms).reduce(0) { $0 + $1.0 * $1.1 }
        let width = input.count
        for column in input.indices {
            for other in input.indices {
                let product = input[column] * input[other]
                curvature[column][other] += home * (1 - home) * product
                curvature[column][width + other] -= home * draw * product
                curvature[width + column][other] -= home * draw * product
                curvature[width + column][width + other] += draw * (1 - draw) * product
            }
            for (place, slope) in [
                (column, home * (logarithms[0] - mean)), (width + column, draw * (logarithms[1] - mean)),
            ] {
                curvature[place][2 * width] += slope * input[column]
                curvature[2 * width][place] += slope * input[column]
            }
        }
        for (chance, logarithm) in zip(market.values, logarithms) {
            curvature[2 * width][2 * width] += chance * (logarithm - mean) * (logarithm - mean)
        }
    }

    /// Solves a positive definite system by elimination.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (matrix, right) = (matrix, right)
        for pivot in right.indices {
            for row in right.indices where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in pivot..<right.count { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        return right.indices.map { right[$0] / matrix[$0][$0] }
    }
}
