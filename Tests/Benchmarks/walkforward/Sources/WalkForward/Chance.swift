import Football
import Forest
import FoundationEssentials

/// What of the reference depends on chance, over many seeds; `chance.py` does the same with scikit-learn.
struct Chance {
    /// The seed system's benchmark, as the reference has it.
    struct Benchmark: Decodable {
        let rows: [String: [Int]]

        enum CodingKeys: String, CodingKey { case rows = "splits_test_rows" }
    }

    let walk: Walk
    let matches: [Match]
    let splits: [String: [Int]]
    /// A folder for the arrays that scikit-learn reads.
    let work: String

    /// One score, and what is scored.
    struct Line: Encodable {
        let what: String
        let seed: Int
        let accuracy: Double
        let logLoss: Double
        let rankedProbability: Double
    }

    /// Prints every score as a line of JSON.
    func run(seeds: Int) async throws {
        try await benchmark(seeds: 20, splitSeeds: 20)
        try await forty(seeds: seeds)
        try await servingDraws(40)
    }

    func print(_ what: String, _ seed: Int, _ forecasts: [(OutcomeProbabilities, Outcome)]) throws {
        guard let scores = ScoreSummary(forecasts) else { return }
        let line = Line(
            what: what, seed: seed, accuracy: scores.accuracy, logLoss: scores.logLoss,
            rankedProbability: scores.rankedProbability)
        Swift.print(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
    }

    /// The seed's fifteen columns of the same match, under its own split and twenty others.
    private func benchmark(seeds: Int, splitSeeds: Int) async throws {
        // The benchmark numbers the rows of eight seasons, the latest first, each in the order of its file.
        let rows = (2016...2023).reversed().flatMap { year in
            matches.filter { $0.fixture.key.season.startYear == year }
        }
        for (split, held) in splits.sorted(by: { Int($0.key) ?? 0 < Int($1.key) ?? 0 }) {
            let test = Set(held)
            let training = rows.indices.filter { !test.contains($0) }
            let set = try TrainingSet(
                features: training.map { SeedColumns.values(of: rows[$0]) },
                labels: training.map { rows[$0].result.outcome.rawValue }, classes: 3,
                featureNames: SeedColumns.names)
            for seed in 0..<(split == "42" ? seeds : splitSeeds) {
                let forest = try await Forest.train(
                    set,
                    options: ForestOptions(
                        trees: 100, maximumDepth: 10, minimumLeaf: 1, seed: UInt64(seed), outOfBag: false))
                try print(
                    split == "42" ? "seed15-post, the seed's split" : "seed15-post, split \(split)", seed,
                    held.map { row in
                        let says = try forest.probabilities(SeedColumns.values(of: rows[row]))
                        return (OutcomeProbabilities(normalising: says), rows[row].result.outcome)
                    })
            }
        }
    }

    /// The forest of 500 trees on the reference's forty columns, grown once before each season.
    private func forty(seeds: Int) async throws {
        let columns = FeatureSet.market.names
        try Data(arrays(columns)).write(to: URL(filePath: "\(work)/forty.bin"))
        for seed in 1...seeds {
            var made: [(OutcomeProbabilities, Outcome)] = []
            for year in 2021...2023 {
                let past = walk.rows.filter { $0.match.fixture.key.season.startYear < year }
                let set = try TrainingSet(
                    features: past.map { $0.values(columns) }, labels: past.map(\.outcome.rawValue), classes: 3,
                    featureNames: columns)
                let forest = try await Forest.train(
                    set,
                    options: ForestOptions(
                        trees: 500, maximumDepth: 64, minimumLeaf: 5, seed: UInt64(seed), outOfBag: false))
                for row in walk.rows where row.match.fixture.key.season.startYear == year {
                    let says = try forest.probabilities(row.values(columns))
                    made.append((OutcomeProbabilities(normalising: says), row.outcome))
                }
            }
            try print("RF F40 500 leaf5, grown once a season", seed, made)
        }
    }

    /// Season, outcome and columns of every row, as doubles after their numbers.
    private func arrays(_ columns: [String]) -> [UInt8] {
        var numbers = [Double(walk.rows.count), Double(columns.count + 2)]
        for row in walk.rows {
            numbers += [Double(row.match.fixture.key.season.startYear), Double(row.outcome.rawValue)]
            numbers += row.values(columns)
        }
        return numbers.flatMap { number in
            withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
        }
    }
}
