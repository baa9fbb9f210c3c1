internal import Drift
internal import Football
internal import Forest

/// Whether a forest can tell the newest matches from those before by all features together.
///
/// It sees what single features do not: columns that belong together no longer, such as shots of the wrong team.
struct RowsToldApart: Sendable {
    /// Which random halves and labels are drawn.
    let seed: UInt64

    /// Judges rows; nil with too few.
    func judge(reference: [[Double]], current: [[Double]]) async throws(ForestError) -> TwoSampleResult? {
        let names = DriftTable.features.dropLast().map(\.name)
        var draws = SplitMix(seed: seed)
        return try await TellingApart.test(
            reference: reference, current: current, permutations: 999, draw: { draws.below($0) }
        ) { (rows, isCurrent, unseen) async throws(ForestError) in
            let set = try TrainingSet(
                features: rows, labels: isCurrent.map { $0 ? 1 : 0 }, classes: 2, featureNames: names)
            var options = ForestOptions(trees: 100, maximumDepth: 6, minimumLeaf: 5, seed: seed, outOfBag: false)
            options.classWeights = set.balancedWeights
            let forest = try await Forest.train(set, options: options)
            var scores: [Double] = []
            for row in unseen { scores.append(try forest.probabilities(row)[1]) }
            return scores
        }
    }
}
