internal import Fetch
internal import History

/// Why a model could not be sent to the tracking server.
enum TrackingError: Error, Sendable, CustomStringConvertible {
    /// The server could not be asked, or answered with a failure.
    case fetch(FetchError)
    /// The server answered with something else than its documentation says.
    case answer(String)
    /// The experiment was deleted there.
    case experimentDeleted(String)
    /// The server does not take artifacts itself.
    case artifacts(String)
    /// A file with a secret cannot be read, or is empty.
    case secret(file: String)
    /// PostgreSQL did not do its part.
    case history(HistoryError)

    /// Every ``reason``.
    static let reasons = [
        "unreachable", "timeout", "status", "unauthorized", "answer", "experiment", "artifacts", "secret", "database",
    ]

    /// The label value of `touchline_model_export_failures_total`.
    var reason: String {
        switch self {
        case .fetch(.timeout), .fetch(.tooSlow): "timeout"
        case .fetch(.status(401, _)), .fetch(.status(403, _)): "unauthorized"
        case .fetch(.status): "status"
        case .fetch: "unreachable"
        case .answer: "answer"
        case .experimentDeleted: "experiment"
        case .artifacts: "artifacts"
        case .secret: "secret"
        case .history: "database"
        }
    }

    /// One line for a log.
    var description: String {
        switch self {
        case .fetch(.status(let status, let url)) where [401, 403].contains(status):
            "status \(status) from \(url): name mlflow.token_file, or mlflow.user and mlflow.password_file"
        case .fetch(let error): "\(error)"
        case .answer(let url): "the answer of \(url) is not MLflow's: check mlflow.tracking_uri"
        case .experimentDeleted(let name):
            "the experiment \(name) was deleted on the server: restore it there, or name another as mlflow.experiment"
        case .artifacts(let location):
            "the experiment keeps its artifacts at \(location), past the server: start it with --serve-artifacts and "
                + "name a new experiment as mlflow.experiment"
        case .secret(let file): "\(file) cannot be read, or its first line is empty"
        case .history(let error): "\(error)"
        }
    }
}
