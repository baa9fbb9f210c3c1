/// What a model is to the others.
public enum ModelStage: String, Sendable, Codable, CaseIterable {
    /// Trained or imported, and not served: its forecasts are kept as shadows. There is one at most.
    case candidate
    /// The one that forecasts are served from. There is one at most.
    case champion
    /// Neither any more; it can be promoted again.
    case archived
}
