import FoundationEssentials
import TestSupport

/// The independently computed numbers in `../shared/reference/golden.json` that this module shares definitions with.
struct Golden: Decodable {
    struct Margin: Decodable {
        let odds: [Double]
        let overround: Double
        let proportional: [Double]
        let additive: [Double]
        let power: [Double]
        let shin: [Double]
    }

    struct Strengths: Decodable {
        let date: String
        let mu: Double
        let g: Double
        let teams: [String: [Double]]
    }

    struct LowScores: Decodable {
        let lam: Double
        let mu: Double
        let rho: Double
        let hda: [Double]
    }

    struct Isotonic: Decodable {
        let x: [Double]
        let y: [Double]
        let query: [Double]
        let pred: [Double]
    }

    struct Forecasts: Decodable {
        let row: Int
        let p: [String: [Double]]
    }

    struct Metrics: Decodable {
        let p: [[Double]]
        let y: [Int]
        let acc: Double
        let logloss: Double
        let rps: Double
        let brier: Double
        let ece: Double
        let classwise: Double
        let odds: [[Double]]
        /// Bets and yield of a flat stake where the edge is above 0, and where it is above 0.05.
        let flat0: [Double]
        let flat5: [Double]
        /// Final balance of a quarter of Kelly's stake, at most 0.05, from 1 on, and its yield.
        let kelly: [Double]
        let rpsEach: [Double]

        enum CodingKeys: String, CodingKey {
            case p, y, acc, logloss, rps, brier, ece, odds, flat0, flat5, kelly
            case classwise = "ece_classwise"
            case rpsEach = "rps_each"
        }
    }

    struct Row: Decodable {
        let row: Int
        let home: String
        let away: String
        let features: [String: Double?]
    }

    let margin: [Margin]
    let metrics: [Metrics]
    let features: [Row]
    let blockStart: [[String]]
    let poisson: [Strengths]
    let lowScores: [LowScores]
    let isotonic: Isotonic
    let predictions: [Forecasts]

    enum CodingKeys: String, CodingKey {
        case margin, metrics, features, poisson, isotonic, predictions
        case blockStart = "block_start"
        case lowScores = "dc_probs"
    }

    static func read() throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
    }
}

/// Whether two numbers agree to a relative 1e-9, the precision of the golden file.
func agree(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
}
