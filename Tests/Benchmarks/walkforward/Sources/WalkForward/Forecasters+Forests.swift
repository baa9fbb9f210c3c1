import Football
import Forest

extension Forecaster {
    /// The rows by forests; ours draw otherwise than the reference's.
    static var forests: [Forecaster] {
        [
            residual("MARF odds (leaf100,k400)", FeatureSet.odds.names, leaf: 100),
            residual("MARF F40 (leaf50,k400)", FeatureSet.market.names, leaf: 50),
            forest(
                "RF odds-only 100xd10 (sklearn=seed hp)",
                ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, outOfBag: false)
            ) { [$0.odds?.home ?? .nan, $0.odds?.draw ?? .nan, $0.odds?.away ?? .nan] },
            forest(
                "RF honest15 (odds+roll10 stats) 100xd10",
                ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, outOfBag: false)
            ) { $0.values(FeatureSet.seed15.names) },
            forest(
                "RF F40 300 leaf50 mf.4",
                ForestOptions(trees: 300, maximumDepth: 64, minimumLeaf: 50, featureShare: 0.4, outOfBag: false)
            ) { $0.values(FeatureSet.market.names) },
            forest(
                "ExtraTrees F40 leaf50",
                ForestOptions(
                    trees: 300, maximumDepth: 64, minimumLeaf: 50, bootstrap: false, featureShare: 0.4,
                    splitRule: .random, outOfBag: false)
            ) { $0.values(FeatureSet.market.names) },
        ]
    }

    /// A forest of what the market leaves over.
    private static func residual(_ name: String, _ columns: [String], leaf: Int) -> Forecaster {
        Forecaster(name: name, tolerance: 2e-4) { past in
            let training = try RegressionSet(
                features: past.map { $0.values(columns) },
                targets: past.map { row in
                    row.market.values.enumerated().map { ($0 == row.outcome.rawValue ? 1 : 0) - $1 }
                }, featureNames: columns)
            let forest = try await RegressionForest.train(
                training,
                options: ForestOptions(
                    trees: 200, maximumDepth: 64, minimumLeaf: leaf, seed: 1, featureShare: 0.4, outOfBag: false))
            return { row in
                let residuals = try forest.predictions(row.values(columns), shrinkage: 400)
                return OutcomeProbabilities(
                    normalising: zip(row.market.values, residuals).map { min(1, max(0.005, $0 + $1)) })
            }
        }
    }

    /// A forest of outcomes.
    private static func forest(
        _ name: String, _ options: ForestOptions, _ columns: @escaping (Row) -> [Double]
    ) -> Forecaster {
        Forecaster(name: name, tolerance: 8e-4) { past in
            let features = past.map(columns)
            let set = try TrainingSet(
                features: features, labels: past.map(\.outcome.rawValue), classes: 3,
                featureNames: (features.first ?? []).indices.map { "f\($0)" })
            let grown = try await Forest.train(set, options: options)
            return { row in OutcomeProbabilities(normalising: try grown.probabilities(columns(row))) }
        }
    }
}
