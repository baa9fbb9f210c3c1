/// How to reach PostgreSQL, and how long to wait for it.
public struct DatabaseSettings: Sendable, Hashable {
    /// A libpq URI or `key=value` string; what it leaves out comes from libpq's environment variables and service files.
    public var connectionString: String
    /// The most connections open at once, at least 1.
    public var maximumConnections: Int
    /// How long one host may take to accept a connection; libpq counts whole seconds, and at least 2.
    public var connectTimeout: Duration
    /// How long a statement may wait for a lock.
    public var lockTimeout: Duration
    /// How long a statement may run.
    public var statementTimeout: Duration
    /// How long a caller may wait for one of the connections.
    public var poolTimeout: Duration

    /// Makes settings; an empty connection string means libpq's environment.
    public init(
        connectionString: String = "",
        maximumConnections: Int = 5,
        connectTimeout: Duration = .seconds(5),
        lockTimeout: Duration = .seconds(2),
        statementTimeout: Duration = .seconds(10),
        poolTimeout: Duration = .seconds(15)
    ) {
        self.connectionString = connectionString
        self.maximumConnections = maximumConnections
        self.connectTimeout = connectTimeout
        self.lockTimeout = lockTimeout
        self.statementTimeout = statementTimeout
        self.poolTimeout = poolTimeout
    }
}
