import Football
import Forest

extension Forecaster {
    /// Three standard deviations of the difference between two forests of a hundred trees with small leaves:
    /// scikit-learn's own differ by 0.0006 from seed to seed.
    private static let ofHundred = 2.5e-3

    /// The rows by forests; ours draw otherwise than the reference's.
    static var forests: [Forecaster] {
        let odds = Set(FeatureSet.odds.names)
        let withoutOdds = FeatureSet.market.names.filter { !odds.contains($0) }
        let neverOdds = withoutOdds.filter { !$0.hasPrefix("market_elo_") }
        return [
            residual("MARF odds (leaf100,k400)", FeatureSet.odds.names, leaf: 100),
            residual("MARF F40 (leaf50,k400)", FeatureSet.market.names, leaf: 50),
            residual("ARF no-current-odds", withoutOdds, leaf: 100) { past in
                let rows = past.map { (features: $0.values(FeatureSet.noOdds.names), outcome: $0.outcome) }
                let fitted = OutcomeRegression(rows.filter { $0.features.allSatisfy(\.isFinite) })
                return { row in fitted?.probabilities(row.values(FeatureSet.noOdds.names)) ?? row.market }
            },
            forest(
                ["RF odds-only 100xd10 (sklearn=seed hp)"],
                ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, outOfBag: false), tolerance: ofHundred
            ) { [$0.odds?.home ?? .nan, $0.odds?.draw ?? .nan, $0.odds?.away ?? .nan] },
            forest(
                ["RF honest15 (odds+roll10 stats) 100xd10"],
                ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1, outOfBag: false), tolerance: ofHundred
            ) { $0.values(FeatureSet.seed15.names) },
            forest(
                [
                    "RF F40 500 leaf5", "  +temperature (OOB)", "  +isotonic (OOB)", "  +log-pool market (OOB w)",
                ],
                ForestOptions(trees: 500, maximumDepth: 64, minimumLeaf: 5),
                corrections: [Calibration.fitTemperature, Calibration.fitIsotonic, Calibration.fitPool]
            ) { $0.values(FeatureSet.market.names) },
            forest(
                ["RF F40 300 leaf50 mf.4", "  +isotonic", "  +log-pool market"],
                ForestOptions(trees: 300, maximumDepth: 64, minimumLeaf: 50, featureShare: 0.4),
                corrections: [Calibration.fitIsotonic, Calibration.fitPool]
            ) { $0.values(FeatureSet.market.names) },
            forest(
                ["ExtraTrees F40 leaf50"],
                ForestOptions(
                    trees: 300, maximumDepth: 64, minimumLeaf: 50, bootstrap: false, featureShare: 0.4,
                    splitRule: .random, outOfBag: false)
            ) { $0.values(FeatureSet.market.names) },
            forest(
                ["RF NON leaf20 (no current odds)"],
                ForestOptions(trees: 300, maximumDepth: 64, minimumLeaf: 20, outOfBag: false)
            ) { $0.values(withoutOdds) },
            forest(
                ["RF no odds at all leaf20"],
                ForestOptions(trees: 300, maximumDepth: 64, minimumLeaf: 20, outOfBag: false)
            ) { $0.values(neverOdds) },
        ]
    }

    /// A forest of what a base leaves over; the base is the market unless another is fitted.
    private static func residual(
        _ name: String, _ columns: [String], leaf: Int,
        base: @escaping ([Row]) -> (Row) -> OutcomeProbabilities = { _ in { $0.market } }
    ) -> Forecaster {
        Forecaster(name: name, tolerance: 2e-4) { past in
            let base = base(past)
            let rows = past.filter { base($0).home.isFinite }
            let training = try RegressionSet(
                features: rows.map { $0.values(columns) },
                targets: rows.map { row in
                    base(row).values.enumerated().map { ($0 == row.outcome.rawValue ? 1 : 0) - $1 }
                }, featureNames: columns)
            let forest = try await RegressionForest.train(
                training,
                options: ForestOptions(
                    trees: 200, maximumDepth: 64, minimumLeaf: leaf, seed: 1, featureShare: 0.4, outOfBag: false))
            return { row in
                let residuals = try forest.predictions(row.values(columns), shrinkage: 400)
                return OutcomeProbabilities(
                    normalising: zip(base(row).values, residuals).map { min(1, max(0.005, $0 + $1)) })
            }
        }
    }

    /// A forest of outcomes, and what corrections learnt from its out-of-bag forecasts make of it.
    private static func forest(
        _ names: [String], _ options: ForestOptions, corrections: [([Calibration.Past]) -> Calibration] = [],
        tolerance: Double = 8e-4,
        _ columns: @escaping (Row) -> [Double]
    ) -> Forecaster {
        Forecaster(names: names, tolerance: tolerance) { past in
            let features = past.map(columns)
            let set = try TrainingSet(
                features: features, labels: past.map(\.outcome.rawValue), classes: 3,
                featureNames: (features.first ?? []).indices.map { "f\($0)" })
            let (grown, outOfBag) = try await Forest.trainWithForecasts(set, options: options)
            let seen: [Calibration.Past] = past.indices.compactMap { index in
                outOfBag?[index].map {
                    (OutcomeProbabilities(normalising: $0), past[index].market, past[index].outcome)
                }
            }
            let learnt = corrections.map { $0(seen) }
            return { row in
                let plain = OutcomeProbabilities(normalising: try grown.probabilities(columns(row)))
                return [plain] + learnt.map { $0.apply(plain, market: row.market) }
            }
        }
    }
}
