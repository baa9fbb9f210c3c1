/// PostgreSQL for Touchline alone.
public actor PrivateCluster {
    /// How libpq reaches the cluster: `host=<socket directory> user=touchline dbname=touchline`.
    public nonisolated let connectionString: String

    /// Describes the cluster of a state directory.
    public init(stateDirectory: String, binaries: String? = nil, durable: Bool = true) {
        connectionString = "host='\(stateDirectory)/run' user=touchline dbname=touchline"
    }

    /// Makes sure that the server runs.
    public func start() async throws(HistoryError) {
        throw .cluster(action: "start", message: "not built yet")
    }

    /// Whether the server answers.
    public func isRunning() async -> Bool { false }

    /// Stops the server.
    public func stop() async throws(HistoryError) {}
}
