/// Something that happened to the database, of which every agent on it is told at once.
public enum Notice: String, Sendable, CaseIterable {
    /// A job ended.
    case jobRuns = "job_runs"
    /// Something became of a model.
    case modelEvents = "model_events"
    /// Somebody wishes for a training.
    case trainingRequests = "training_requests"
    /// The leader resigned.
    case leadership

    /// The channel on which all of them come.
    static let channel = "touchline"
}
