internal import Drift
internal import Football
public import FoundationEssentials
internal import History

/// What the agent knows, as a terminal shows it.
public struct Standing: Sendable {
    /// The league's present instant.
    public var now: Date
    /// Finished matches in the history; nil until counted.
    public var matches: Int?
    /// The serving model's number; nil while there is none.
    public var model: Int64?
    /// Why the candidate does not serve; nil while there is none, or it has not been judged.
    public var rejected: String?
    /// Matches that the serving model was trained on.
    public var trainedOn: Int?
    /// How many matches were held out when the model was scored.
    public var holdoutMatches: Int?
    /// Ranked probability score on the held-out matches: the model's, the market's, the base rates'.
    public var holdout: (model: Double, market: Double?, baseRate: Double)?
    /// Settled forecasts, and the ranked probability score of the model and of the market over them.
    public var settled: (matches: Int, model: Double, market: Double?)?
    /// Columns that drifted; nil while there is no verdict.
    public var drifted: [String]?
    /// Forecasts of the matches ahead, soonest first.
    public var forecasts: [Forecast] = []
    /// Since when no feed has answered, if invented fixtures stand in.
    public var silentSince: Date?
    /// Forecasts of invented fixtures, soonest first.
    public var standIns: [Forecast] = []

    /// One forecast.
    public struct Forecast: Sendable {
        /// Kick-off, or the start of the day where no time is known.
        public let deadline: Date
        /// The home team.
        public let home: String
        /// The away team.
        public let away: String
        /// The model's probabilities.
        public let model: Probabilities
        /// The market's implied probabilities; nil without odds.
        public let market: Probabilities?
    }

    /// Probabilities of a home win, a draw and an away win; they sum to 1.
    public typealias Probabilities = (home: Double, draw: Double, away: Double)
}

extension Agent {
    /// What is known now.
    public var standing: Standing {
        let snapshot = snapshots.current
        var standing = Standing(now: clock.now)
        standing.matches = snapshot?.counts?.matches
        if let champion = snapshot?.champion {
            standing.model = champion.id
            standing.trainedOn = champion.matches
            standing.holdoutMatches = champion.holdout?.matches
            standing.holdout = champion.holdout.map {
                ($0.model.rankedProbability, $0.market?.rankedProbability, $0.baseRate.rankedProbability)
            }
        }
        if let candidate = snapshot?.candidate, let judgement = snapshot?.registry.judgement, !judgement.promotes {
            standing.rejected = "model \(candidate.id) does not serve: \(judgement.reason)"
        }
        standing.settled = snapshot?.scores.map {
            ($0.model.matches, $0.model.rankedProbability, $0.market?.rankedProbability)
        }
        if let columns = snapshot?.drift?.columns, columns.contains(where: { $0.state != .insufficientData }) {
            standing.drifted = columns.filter { $0.state == .drifted }.map(\.name)
        }
        standing.forecasts = (snapshot?.forecasts ?? []).map {
            Standing.Forecast(
                deadline: $0.deadline, home: $0.key.home, away: $0.key.away, model: $0.probabilities.triple,
                market: $0.market?.triple)
        }
        standing.silentSince = snapshot?.fallback?.since
        standing.standIns = (snapshot?.fallback?.forecasts ?? []).map {
            Standing.Forecast(
                deadline: $0.kickOff, home: $0.key.home, away: $0.key.away, model: $0.probabilities.triple,
                market: $0.market?.triple)
        }
        return standing
    }
}

extension OutcomeProbabilities {
    fileprivate var triple: Standing.Probabilities { (home, draw, away) }
}
