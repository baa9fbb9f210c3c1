import FoundationEssentials

/// The independently computed numbers in `../shared/reference/golden.json` that this module shares definitions with.
struct Golden: Decodable {
    struct Margin: Decodable {
        let odds: [Double]
        let overround: Double
        let proportional: [Double]
    }

    struct Metrics: Decodable {
        let p: [[Double]]
        let y: [Int]
        let acc: Double
        let logloss: Double
        let rps: Double
        let brier: Double
        let rpsEach: [Double]

        enum CodingKeys: String, CodingKey {
            case p, y, acc, logloss, rps, brier
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

    static func read() throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(SharedData.bytes("reference/golden.json")))
    }
}

/// Whether two numbers agree to a relative 1e-9, the precision of the golden file.
func agree(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
}
