import Football
import FoundationEssentials
import Glibc

// Usage: WalkForward SHARED [NAME...] or WalkForward SHARED alarms [SEASONS [SEED]]
struct Reference: Decodable {
    struct Scores: Decodable {
        let acc: Double
        let ll: Double?
        let rps: Double?
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
    let walkforward: [String: [String: Scores]]
    let stream: [Stream]
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
var failures = 0
if wanted.first == "alarms" {
    let numbers = wanted.dropFirst().compactMap { Int($0) }
    var table = AlarmTable(
        try await AlarmWorld(walk), seasons: numbers.first ?? 2_000, seed: UInt64(numbers.dropFirst().first ?? 1))
    try table.run()
    print("\(table.failures) figures are far from the reference's")
    exit(table.failures > 0 ? 1 : 0)
}
/// Prints our row beside the reference's; whether it is near.
func agrees(
    _ name: String, _ made: [(OutcomeProbabilities, Outcome)], with reference: [String: [String: Reference.Scores]],
    tolerance: Double
) -> Bool {
    guard let expected = reference[name]?["dev"], let rps = expected.rps, let logLoss = expected.ll,
        let found = ScoreSummary(made)
    else {
        print("\(name): not in the reference")
        return true
    }
    let agrees = abs(found.rankedProbability - rps) <= tolerance && found.matches == 1_140
    print(
        "\(agrees ? "ok  " : "FAR ") \(name): RPS \(found.rankedProbability), reference \(rps), "
            + "tolerance \(tolerance); log loss \(found.logLoss), \(logLoss); "
            + "accuracy \(found.accuracy), \(expected.acc)")
    return agrees
}

for forecaster in Forecaster.all
where wanted.isEmpty || wanted.contains(where: forecaster.names[0].hasPrefix) {
    let made = try await walk.forecasts(forecaster)
    if forecaster.names[0] == PairedSum.forecaster {
        for stream in everything.stream where !PairedSum(walk, made[0], season: stream.season).agrees(stream) {
            failures += 1
        }
    }
    for (name, forecasts) in zip(forecaster.names, made)
    where !agrees(name, forecasts, with: reference, tolerance: forecaster.tolerance) {
        failures += 1
    }
}
if failures > 0 { print("\(failures) rows are far from the reference") }
exit(failures > 0 ? 1 : 0)
