/// What a forecast was made from, best first.
public enum ForecastTier: String, CaseIterable, Sendable, Codable {
    /// The match's odds and everything else that is known: the served default.
    case market
    /// Past odds and strengths; the match itself had no odds that could be meant.
    case noOdds = "no-odds"
    /// How often each outcome happens: a team is unknown, or there is too little history.
    case prior
}
