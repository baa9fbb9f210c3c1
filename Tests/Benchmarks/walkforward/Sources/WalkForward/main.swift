import Football
import FoundationEssentials
import Glibc

// Usage: WalkForward SHARED [NAME...] or WalkForward SHARED alarms [SEASONS [SEED]]
// or WalkForward SHARED chance FOLDER SEEDS
struct Reference: Decodable {
    /// A number, or a mean and the bounds of its interval.
    struct Value: Decodable {
        /// The number or the mean; nil where there is none.
        let number: Double?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                number = nil
            } else if let list = try? container.decode([Double].self) {
                number = list.first
            } else {
                number = try container.decode(Double.self)
            }
        }
    }
    struct Stream: Decodable {
        let season: Int
        let largest: Double
        let final: Double

        enum CodingKeys: String, CodingKey {
            case season
            case largest = "pair_cusum_noodds_max"
            case final = "pair_cusum_final"
        }
    }
    let walkforward: [String: [String: [String: Value]]]
    let stream: [Stream]
    let benchmark: Chance.Benchmark

    enum CodingKeys: String, CodingKey {
        case walkforward, stream
        case benchmark = "seed_leaky"
    }
}

let shared = CommandLine.arguments[1]
let wanted = CommandLine.arguments.dropFirst(2)
let golden = try Data(contentsOf: URL(filePath: "\(shared)/reference/golden.json"))
let everything = try JSONDecoder().decode(Reference.self, from: golden)
let reference = everything.walkforward
let matches = try (2005...2023).map(Season.init(startYear:)).flatMap { season in
    let file = try Data(contentsOf: URL(filePath: "\(shared)/data/football-data.co.uk/mmz4281/\(season.code)/E0.csv"))
    return try SeasonFile.decode(Array(file), division: "E0", season: season).rows
}
let walk = Walk(matches)
if wanted.first == "chance", wanted.count == 3, let seeds = wanted.last.flatMap({ Int($0) }) {
    let work = wanted[wanted.startIndex + 1]
    try await Chance(walk: walk, matches: matches, splits: everything.benchmark.rows, work: work).run(seeds: seeds)
    exit(0)
}
var failures = 0
if wanted.first == "alarms" {
    let numbers = wanted.dropFirst().compactMap { Int($0) }
    var table = AlarmTable(
        try await AlarmWorld(walk), seasons: numbers.first ?? 2_000, seed: UInt64(numbers.dropFirst().first ?? 1))
    try table.run()
    print("\(table.failures) figures are far from the reference's")
    exit(table.failures > 0 ? 1 : 0)
}
for forecaster in Forecaster.all
where wanted.isEmpty || wanted.contains(where: forecaster.names[0].hasPrefix) {
    let made = try await walk.forecasts(forecaster)
    if forecaster.names[0] == PairedSum.forecaster {
        for stream in everything.stream where !PairedSum(walk, made[0], season: stream.season).agrees(stream) {
            failures += 1
        }
    }
    for (name, forecasts) in zip(forecaster.names, made) {
        let agreement = Agreement(
            name: name, tolerance: forecaster.tolerance, reference: reference[name] ?? [:])
        let said = zip(walk.forecastRows, forecasts).map { (row: $0, says: $1.0) }
        if !agreement.holds(said) { failures += 1 }
    }
}
if failures > 0 { print("\(failures) rows are far from the reference") }
exit(failures > 0 ? 1 : 0)
