import Football
import Forest

extension Chance {
    /// The seed's serving path: learnt from what happened in matches, and asked about numbers drawn for the statistics.
    ///
    /// The seed system knew the seasons from 2016/17 on. Had it known those before too, its score would be 0.007 better.
    func servingDraws(_ draws: Int) async throws {
        var random = SplitMix(seed: 1)
        var made: [[(OutcomeProbabilities, Outcome)]] = Array(repeating: [], count: draws)
        var next = walk.forecastRows.startIndex
        while next < walk.rows.count {
            let block = Block(containing: walk.rows[next].match.fixture.day)
            let end =
                walk.rows[next...].firstIndex { Block(containing: $0.match.fixture.day) != block } ?? walk.rows.count
            let past = walk.rows.prefix { $0.match.fixture.day < block.firstDay }
                .filter { $0.match.fixture.key.season.startYear >= 2016 }
            let set = try TrainingSet(
                features: past.map { SeedColumns.values(of: $0.match) }, labels: past.map(\.outcome.rawValue),
                classes: 3, featureNames: SeedColumns.names)
            let forest = try await Forest.train(
                set, options: ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, seed: 1, outOfBag: false))
            for row in walk.rows[next..<end] {
                guard let odds = row.odds else { continue }
                for draw in 0..<draws {
                    let says = try forest.probabilities(SeedColumns.served(odds, &random))
                    made[draw].append((OutcomeProbabilities(normalising: says), row.outcome))
                }
            }
            next = end
        }
        for (draw, forecasts) in made.enumerated() { try print("seed serving", draw, forecasts) }
    }
}
