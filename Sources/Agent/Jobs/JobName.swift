/// The jobs, in the order in which data flows through them.
public enum JobName: String, CaseIterable, Sendable {
    /// Fetches the feeds and keeps what is valid.
    case ingest
    /// Scores forecasts whose results arrived.
    case evaluate
    /// Decides whether a model is trained.
    case decide
    /// Trains a forest on the whole history.
    case train
    /// Forecasts the coming fixtures.
    case predict
    /// Compares the newest matches with those before.
    case drift
    /// Takes a backup of the history and verifies it.
    case backup
    /// Removes rows that are older than they are kept.
    case retain
}
