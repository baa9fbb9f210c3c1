import FoundationEssentials
import Glibc
public import History

/// A PostgreSQL database of its own for one test, in a private cluster that the whole test process shares.
public struct TestDatabase: Sendable {
    /// How libpq reaches it.
    public let connectionString: String

    /// Makes a database with the current schema.
    ///
    /// Throws what the private cluster throws, for instance that PostgreSQL's server programs are missing.
    public static func migrated() async throws -> TestDatabase {
        try await TestCluster.shared.database(template: TestCluster.template)
    }

    /// Makes a database without any table.
    ///
    /// Throws what the private cluster throws.
    public static func empty() async throws -> TestDatabase {
        try await TestCluster.shared.database(template: "template0")
    }

    /// A history of this database; close it, or leave that to the end of the process.
    ///
    /// It is patient, because the processors may have other work.
    public func history(maximumConnections: Int = 2) -> History {
        History(
            DatabaseSettings(
                connectionString: connectionString, maximumConnections: maximumConnections,
                statementTimeout: .seconds(60), poolTimeout: .seconds(60)))
    }
}

/// The test process's private cluster; it and its directory are gone when the process has ended.
private actor TestCluster {
    static let shared = TestCluster()
    static let template = "touchline_template"

    /// A hundred tests connect at once, on processors that have other work.
    private static let patience = " connect_timeout=60"
    private static let prefix = "touchline-tests-"
    private static let directory = "/tmp/\(prefix)\(getpid())"

    private var started: Task<PrivateCluster, any Error>?
    private var made = 0

    func database(template: String) async throws -> TestDatabase {
        let cluster = try await cluster()
        made += 1
        let name = "test_\(made)"
        // A hundred tests ask for one at once, on a disk that may have other work.
        let history = History(
            DatabaseSettings(
                connectionString: cluster.connectionString + TestCluster.patience, maximumConnections: 1,
                statementTimeout: .seconds(60)))
        try await history.run { session throws(HistoryError) in
            _ = try session.execute("create database \(name) template \(template)")
        }
        await history.close()
        return TestDatabase(connectionString: cluster.connectionString + TestCluster.patience + " dbname=\(name)")
    }

    private func cluster() async throws -> PrivateCluster {
        if let started { return try await started.value }
        let task = Task { try await TestCluster.start() }
        started = task
        return try await task.value
    }

    private static func start() async throws -> PrivateCluster {
        sweep()
        atexit { TestCluster.destroy(TestCluster.directory) }
        let cluster = PrivateCluster(stateDirectory: directory, durable: false)
        try await cluster.start()
        let settings = DatabaseSettings(connectionString: cluster.connectionString, maximumConnections: 1)
        let first = History(settings)
        try await first.run { session throws(HistoryError) in
            _ = try session.execute("create database \(template) template template0")
        }
        await first.close()
        let history = History(DatabaseSettings(connectionString: cluster.connectionString + " dbname=\(template)"))
        _ = try await history.migrate()
        await history.close()
        return cluster
    }

    /// Ends what test processes left behind that did not live to their own end.
    private static func sweep() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where name.hasPrefix(prefix) {
            guard let owner = pid_t(name.dropFirst(prefix.count)) else { continue }
            if owner == getpid() || (kill(owner, 0) != 0 && errno == ESRCH) { destroy("/tmp/\(name)") }
        }
    }

    /// Ends the server, whose data nobody needs, and removes its directory.
    private static func destroy(_ directory: String) {
        let data = "\(directory)/postgresql"
        let file = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        if let server = file.flatMap({ pid_t($0.prefix { $0 != "\n" }) }),
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(server)/cwd")) == data
        {
            kill(server, SIGQUIT)
            for _ in 0..<200 where kill(server, 0) == 0 { usleep(10_000) }
        }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
