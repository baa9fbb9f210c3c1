import Clibpq
import FoundationEssentials
import Glibc

/// PostgreSQL for Touchline alone: a server on a Unix socket, with its data in the state directory.
///
/// Root runs it as `postgres`, any other user as oneself. Nobody else can enter the socket's directory. The server
/// outlives the program that started it, and the next one adopts it.
public actor PrivateCluster {
    /// How libpq reaches the cluster's database, `host=... user=touchline dbname=touchline`.
    public nonisolated let connectionString: String

    private let layout: ClusterLayout
    private let binaries: String?
    private let path: String
    private let durable: Bool
    private let executor = BlockingExecutor(label: "touchline.history.cluster")

    /// The longest that a start or a stop may take.
    private static let patience = Duration.seconds(30)

    /// Describes the cluster of a state directory, which is made when it is started.
    ///
    /// - Parameters:
    ///   - stateDirectory: Data is in `postgresql` in it; the socket is in `run`, or in `$XDG_RUNTIME_DIR` or `/tmp` if
    ///     the path is too long for a socket.
    ///   - binaries: Where the server's programs are; by default in Debian's directories or in `PATH`.
    ///   - durable: Whether commits reach the disk; only a test can do without.
    public init(stateDirectory: String, binaries: String? = nil, durable: Bool = true) {
        let environment = ProcessInfo.processInfo.environment
        // Root's own runtime directory is closed to the user that the server runs as.
        let runtime = geteuid() == 0 ? nil : environment["XDG_RUNTIME_DIR"]
        layout = ClusterLayout(stateDirectory: stateDirectory, runtimeDirectory: runtime)
        connectionString = layout.connectionString(database: "touchline")
        self.binaries = binaries
        self.durable = durable
        path = environment["PATH"] ?? ""
    }

    /// The thread on which files are handled and the server is asked.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes sure that the server runs and has its database; returns at once if so.
    ///
    /// Makes the cluster on first use, adopts a server that runs, waits for one that is starting, and starts one that
    /// died. Takes 30 s at most, and then throws `HistoryError.cluster`; throws `.noServerBinaries` and
    /// `.clusterVersion` with the way out.
    public func start() async throws(HistoryError) {
        try layout.check()
        try makeStateDirectory()
        let deadline = ContinuousClock.now + PrivateCluster.patience
        let lock = try await lock(until: deadline)
        if ping() != PQPING_OK {
            let user = try ServerUser.current()
            let programs = try await ServerPrograms.find(in: binaries, path: path, matching: layout.dataVersion())
            try await initialize(programs, user)
            try await boot(programs, user, until: deadline)
        }
        try makeDatabase()
        _ = consume lock
    }

    /// Whether the server runs and takes connections.
    public func isRunning() async -> Bool { ping() == PQPING_OK }

    /// Stops the server if it runs: clients are disconnected, and what they did not commit is rolled back.
    public func stop() async throws(HistoryError) {
        guard !layout.processes().isEmpty else { return }
        let lock = try await lock(until: ContinuousClock.now + PrivateCluster.patience)
        let user = try ServerUser.current()
        let programs = try await ServerPrograms.find(in: binaries, path: path, matching: layout.dataVersion())
        do {
            try await programs.run("pg_ctl", ["stop", "-D", layout.data, "-m", "fast", "-w", "-t", "30"], as: user)
        } catch {
            // It may have ended by itself in the meantime.
            guard layout.processes().isEmpty else { throw error }
        }
        _ = consume lock
    }

    private func makeStateDirectory() throws(HistoryError) {
        // Root's must let the server's user through; its parts are closed each for itself.
        let mode: mode_t = geteuid() == 0 ? 0o755 : 0o700
        var path = ""
        for part in layout.state.split(separator: "/") {
            path += "/\(part)"
            if mkdir(path, mode) == 0 {
                // Not narrowed by the umask.
                chmod(path, mode)
            } else if errno != EEXIST {
                throw .stateDirectory(path: layout.state, message: String(cString: strerror(errno)))
            }
        }
    }

    private func lock(until deadline: ContinuousClock.Instant) async throws(HistoryError) -> ClusterLock {
        while true {
            if let lock = try ClusterLock(layout.lock) { return lock }
            try await pause("take \(layout.lock)", "another program holds it", until: deadline)
        }
    }

    /// Makes the data directory elsewhere and moves it, so that an interrupted initdb leaves nothing half made.
    private func initialize(_ programs: ServerPrograms, _ user: ServerUser) async throws(HistoryError) {
        if let version = layout.dataVersion() {
            guard version == programs.major else {
                throw .clusterVersion(data: version, installed: programs.major, directory: layout.data)
            }
            return
        }
        let unfinished = layout.unfinishedData
        try? FileManager.default.removeItem(atPath: unfinished)
        try user.makePrivateDirectory(unfinished)
        var arguments = [
            "-D", unfinished, "-U", "touchline", "--auth-local=peer", "--auth-host=reject", "--encoding=UTF8",
            "--locale=C.UTF-8", "--data-checksums",
        ]
        if !durable { arguments.append("--no-sync") }
        try await programs.run("initdb", arguments, as: user)
        try layout.append(ClusterLayout.memory, to: unfinished + "/postgresql.conf")
        guard rename(unfinished, layout.data) == 0 else {
            throw .cluster(action: "move \(unfinished) to \(layout.data)", message: String(cString: strerror(errno)))
        }
    }

    private func boot(
        _ programs: ServerPrograms,
        _ user: ServerUser,
        until deadline: ContinuousClock.Instant
    ) async throws(HistoryError) {
        try user.makePrivateDirectory(layout.sockets)
        try layout.restrictAccess(to: [user.user, geteuid()])
        var complaint = "it did not answer"
        while ping() != PQPING_OK {
            // One that is starting or recovering only has to be waited for.
            if ping() == PQPING_NO_RESPONSE {
                do {
                    try layout.removeStaleProcessFile()
                    try await programs.run(
                        "pg_ctl", ["start", "-D", layout.data, "-l", layout.log, "-w", "-t", "30", "-o", options],
                        as: user)
                    continue
                } catch {
                    // A killed server's children hold its memory until they notice, and a start fails until then.
                    complaint = layout.lastComplaint() ?? error.description
                }
            }
            try await pause("start", complaint, until: deadline)
        }
    }

    /// The server's settings; everything else is PostgreSQL's default, or what an operator sets in the data directory.
    private var options: String {
        var settings = [
            "listen_addresses=''", "port=5432", "unix_socket_directories='\(layout.sockets)'",
            "unix_socket_permissions=0700", "logging_collector=off", "jit=off", "timezone=UTC", "log_timezone=UTC",
        ]
        // Tests share one server, each with databases and pools of its own.
        if !durable {
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400"]
        }
        return settings.map { "-c \($0)" }.joined(separator: " ")
    }

    private func makeDatabase() throws(HistoryError) {
        let session = try Session(
            DatabaseSettings(
                connectionString: layout.connectionString(database: "postgres"), statementTimeout: .seconds(30)))
        let exists = try session.execute("select from pg_database where datname = 'touchline'").count > 0
        if !exists { try session.execute("create database touchline") }
    }

    private func ping() -> PGPing {
        PQping(layout.connectionString(database: "postgres") + " connect_timeout=2")
    }

    private func pause(
        _ action: String,
        _ message: String,
        until deadline: ContinuousClock.Instant
    ) async throws(HistoryError) {
        guard ContinuousClock.now < deadline else { throw .cluster(action: action, message: message) }
        do {
            try await Task.sleep(for: .milliseconds(100))
        } catch {
            throw .cluster(action: action, message: "cancelled")
        }
    }
}
