import Football
import Forest

/// A row of the reference that we have the forecaster for.
struct Forecaster {
    /// The reference's name.
    let name: String
    /// How far our ranked probability score may be from the reference's: forests draw otherwise.
    let tolerance: Double
    let fit: ([Row]) async throws -> (Row) throws -> OutcomeProbabilities

    static var all: [Forecaster] {
        MarginRemoval.allCases.map { removal in
            let names: [MarginRemoval: String] = [
                .proportional: "proportional", .additive: "additive", .power: "power", .shin: "Shin",
            ]
            return plain("B365 \(names[removal] ?? "")", 1e-9) { $0.odds?.probabilities(removal) }
        } + [
            Forecaster(name: "class prior", tolerance: 1e-5) { past in
                let shares = Outcome.allCases.map { outcome in Double(past.count { $0.outcome == outcome }) }
                return { _ in OutcomeProbabilities(normalising: shares) }
            },
            strengths("DC raw goals", "poisson", 1e-6), strengths("DC on goals+SoT raw", "mixed", 1e-6),
            regression("LR Elo", ["elo_difference"]), regression("LR pi", ["pi_goal_difference"]),
            regression("LR DCX", ["mixed_goals_home", "mixed_goals_away"]),
            regression("LR odds-Elo (past odds)", ["market_elo_difference"]),
            regression("LR no-current-odds (eloO+DCX)", FeatureSet.noOdds.names),
            regression("LR log-odds", ["market_log_ratio", "market_log_draw"], 1e-4),
            residual("MARF odds (leaf100,k400)", .odds, leaf: 100),
            residual("MARF F40 (leaf50,k400)", .market, leaf: 50),
            forest(
                "RF odds-only 100xd10 (sklearn=seed hp)", ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1)
            ) { [$0.odds?.home ?? .nan, $0.odds?.draw ?? .nan, $0.odds?.away ?? .nan] },
            forest(
                "RF honest15 (odds+roll10 stats) 100xd10", ForestOptions(trees: 100, maximumDepth: 10, minimumLeaf: 1)
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

    private static func plain(
        _ name: String, _ tolerance: Double, _ forecast: @escaping (Row) -> OutcomeProbabilities?
    ) -> Forecaster {
        Forecaster(name: name, tolerance: tolerance) { _ in { row in forecast(row) ?? row.market } }
    }

    private static func strengths(_ name: String, _ prefix: String, _ tolerance: Double) -> Forecaster {
        plain(name, tolerance) { row in
            OutcomeProbabilities(normalising: row.values(["\(prefix)_home", "\(prefix)_draw", "\(prefix)_away"]))
        }
    }

    private static func regression(_ name: String, _ columns: [String], _ tolerance: Double = 1e-5) -> Forecaster {
        Forecaster(name: name, tolerance: tolerance) { past in
            let rows = past.map { (features: $0.values(columns), outcome: $0.outcome) }
                .filter { $0.features.allSatisfy(\.isFinite) }
            let fitted = OutcomeRegression(rows)
            return { row in fitted?.probabilities(row.values(columns)) ?? row.market }
        }
    }

    private static func residual(_ name: String, _ set: FeatureSet, leaf: Int) -> Forecaster {
        Forecaster(name: name, tolerance: 2e-4) { past in
            let training = try RegressionSet(
                features: past.map { set.values(of: $0.features) },
                targets: past.map { row in
                    row.market.values.enumerated().map { ($0 == row.outcome.rawValue ? 1 : 0) - $1 }
                }, featureNames: set.names)
            let forest = try await RegressionForest.train(
                training,
                options: ForestOptions(
                    trees: 200, maximumDepth: 64, minimumLeaf: leaf, seed: 1, featureShare: 0.4, outOfBag: false))
            return { row in
                let residuals = try forest.predictions(set.values(of: row.features), shrinkage: 400)
                return OutcomeProbabilities(
                    normalising: zip(row.market.values, residuals).map { min(1, max(0.005, $0 + $1)) })
            }
        }
    }

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
