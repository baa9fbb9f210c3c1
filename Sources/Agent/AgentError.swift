internal import History

/// Why the agent could not start or go on; `description` is one line with the way out.
public enum AgentError: Error, Sendable, CustomStringConvertible {
    /// An address cannot be listened on.
    case listen(address: String, why: String)
    /// The database cannot be used as it is.
    case database(String)
    /// An agent leads on this database, and runs its jobs itself.
    case led(by: String)
    /// A job that was asked for on the command line failed.
    case job(String)
    /// Two collectors name the same metric, or one breaks the rules of names.
    case catalogue(String)

    /// One line for a terminal.
    public var description: String {
        switch self {
        case .listen(let address, let why):
            "cannot listen on \(address): \(why); --web.listen-address chooses another"
        case .database(let why): why
        case .led(let leader):
            "an agent works on this database (\(leader)): it runs its jobs itself; stop it first"
        case .job(let why): why
        case .catalogue(let why): why
        }
    }
}
