import Football
import Forest

/// Rows of the reference that we have the forecaster for: a forecaster and its corrections.
struct Forecaster {
    /// The reference's names.
    let names: [String]
    /// How far our ranked probability scores may be from the reference's: forests draw otherwise.
    let tolerance: Double
    /// Learns, and then says a match's forecast by each name.
    let fit: ([Row]) async throws -> (Row) throws -> [OutcomeProbabilities]

    init(
        names: [String], tolerance: Double,
        fit: @escaping ([Row]) async throws -> (Row) throws -> [OutcomeProbabilities]
    ) {
        (self.names, self.tolerance, self.fit) = (names, tolerance, fit)
    }

    init(
        name: String, tolerance: Double, fit: @escaping ([Row]) async throws -> (Row) throws -> OutcomeProbabilities
    ) {
        self.init(names: [name], tolerance: tolerance) { past in
            let forecast = try await fit(past)
            return { row in [try forecast(row)] }
        }
    }

    /// The tolerance of forecasters that do not draw, or less.
    static let exact = 1e-8

    static var all: [Forecaster] {
        MarginRemoval.allCases.map { removal in
            let names: [MarginRemoval: String] = [
                .proportional: "proportional", .additive: "additive", .power: "power", .shin: "Shin",
            ]
            return plain("B365 \(names[removal] ?? "")", 1e-9) { $0.odds?.probabilities(removal) }
        } + [
            plain("home always", 1e-9) { _ in OutcomeProbabilities(home: 1, draw: 0, away: 0) },
            Forecaster(name: "class prior", tolerance: 1e-8) { past in
                let shares = Outcome.allCases.map { outcome in Double(past.count { $0.outcome == outcome } + 1) }
                return { _ in OutcomeProbabilities(normalising: shares) }
            },
            strengths("DC raw goals", "poisson", 1e-8), strengths("DC on goals+SoT raw", "mixed", 1e-8),
            regression("LR Elo", ["elo_difference"]), regression("LR pi", ["pi_goal_difference"]),
            regression("LR DCX", ["mixed_goals_home", "mixed_goals_away"]),
            regression("LR odds-Elo (past odds)", ["market_elo_difference"]),
            regression("LR no-current-odds (eloO+DCX)", FeatureSet.noOdds.names),
            regression("LR log-odds", ["market_log_ratio", "market_log_draw"]),
            ridge("market ridge: bias+scale", []),
            ridge(
                "market ridge + ratings",
                ["elo_difference", "market_elo_difference", "mixed_goals_home", "mixed_goals_away"]),
        ] + forests
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

    private static func regression(_ name: String, _ columns: [String], _ tolerance: Double = 1e-8) -> Forecaster {
        Forecaster(name: name, tolerance: tolerance) { past in
            let rows = past.map { (features: $0.values(columns), outcome: $0.outcome) }
                .filter { $0.features.allSatisfy(\.isFinite) }
            let fitted = OutcomeRegression(rows)
            return { row in fitted?.probabilities(row.values(columns)) ?? row.market }
        }
    }

    private static func ridge(_ name: String, _ columns: [String]) -> Forecaster {
        Forecaster(name: name, tolerance: 1e-8) { past in
            let rows = past.map { (market: $0.market, columns: $0.values(columns), outcome: $0.outcome) }
            let fitted = MarketRidge(rows.filter { $0.columns.allSatisfy(\.isFinite) })
            return { row in fitted.forecast(row.market, row.values(columns)) }
        }
    }
}
