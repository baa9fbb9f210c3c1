import FoundationEssentials
import Glibc
import History
import Testing

/// Every test has a cluster of its own, because it does to it what nobody should.
struct PrivateClusterTests {
    @Test func `a cluster starts, keeps what it is told, stops and starts again`() async throws {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state, durable: false)
            #expect(await cluster.isRunning() == false)
            try await cluster.start()
            #expect(await cluster.isRunning())
            let history = History(DatabaseSettings(connectionString: cluster.connectionString))
            #expect(try await history.migrate() == Migration.all.map(\.name))
            try await cluster.start()

            try await cluster.stop()
            #expect(await cluster.isRunning() == false)
            let error = await #expect(throws: HistoryError.self) { try await history.ping() }
            #expect(error?.reason == "unavailable")
            try await cluster.stop()

            try await cluster.start()
            #expect(try await history.schemaVersion().isCurrent)
        }
    }

    @Test func `only the agent's own users are let in, at a socket in a closed directory, and commits are durable`()
        async throws
    {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state)
            try await cluster.start()
            let history = History(DatabaseSettings(connectionString: cluster.connectionString))
            #expect(try await history.serverState().isDurable)
            let setting = "select current_setting($1)"
            #expect(try await history.value(setting, ["listen_addresses"]) == "")
            #expect(try await history.value(setting, ["shared_buffers"]) == "64MB")
            let rules: String? = try await history.value(
                "select string_agg(concat_ws(' ', type, auth_method), ',') from pg_hba_file_rules")
            #expect(rules == "local peer")
            let stranger = History(
                DatabaseSettings(connectionString: cluster.connectionString + " user=postgres", maximumConnections: 1))
            let refused = await #expect(throws: HistoryError.self) { try await stranger.ping() }
            #expect(refused?.description.lowercased().contains("peer authentication failed") == true)
            let sockets = try FileManager.default.attributesOfItem(atPath: "\(state)/run")
            #expect(sockets[.posixPermissions] as? Int == 0o700)
            await history.close()
        }
    }

    @Test func `a running server is adopted by the next program`() async throws {
        try await withStateDirectory { state in
            try await PrivateCluster(stateDirectory: state, durable: false).start()
            let first = try #require(server(of: state))
            try await PrivateCluster(stateDirectory: state, durable: false).start()
            #expect(server(of: state) == first)
        }
    }

    @Test func `a killed server is started again with what was committed`() async throws {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state)
            try await cluster.start()
            let history = History(DatabaseSettings(connectionString: cluster.connectionString))
            _ = try await history.migrate()
            let first = try #require(server(of: state))
            #expect(kill(first, SIGKILL) == 0)
            try await cluster.start()
            #expect(server(of: state) != first)
            // The old connection is noticed to be gone once.
            _ = try? await history.ping()
            #expect(try await history.schemaVersion().isCurrent)
        }
    }

    @Test func `a process file whose number passed to another process does not stop a start`() async throws {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state, durable: false)
            try await cluster.start()
            try await cluster.stop()
            let file = "\(state)/postgresql/postmaster.pid"
            try "\(getpid())\n\(state)/postgresql\n1\n5432\n\(state)/run\n".write(
                toFile: file, atomically: false, encoding: .utf8)
            try await cluster.start()
            #expect(server(of: state) != getpid())
        }
    }

    @Test func `an initdb that was interrupted is begun again`() async throws {
        try await withStateDirectory { state in
            let unfinished = "\(state)/postgresql.new"
            try FileManager.default.createDirectory(atPath: unfinished, withIntermediateDirectories: true)
            try "15\n".write(toFile: "\(unfinished)/PG_VERSION", atomically: false, encoding: .utf8)
            let cluster = PrivateCluster(stateDirectory: state, durable: false)
            try await cluster.start()
            #expect(await cluster.isRunning())
        }
    }

    @Test func `data of another major version is refused with the way out, and not touched`() async throws {
        try await withStateDirectory { state in
            let data = "\(state)/postgresql"
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            try "9\n".write(toFile: "\(data)/PG_VERSION", atomically: false, encoding: .utf8)
            let error = await #expect(throws: HistoryError.self) {
                try await PrivateCluster(stateDirectory: state, durable: false).start()
            }
            guard case .clusterVersion(data: "9", installed: _, directory: data)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["PG_VERSION"])
        }
    }

    @Test func `missing programs are named with the places searched`() async throws {
        try await withStateDirectory { state in
            await #expect(throws: HistoryError.noServerBinaries(searched: ["/nonexistent"])) {
                try await PrivateCluster(stateDirectory: state, binaries: "/nonexistent").start()
            }
        }
    }

    @Test func `a state directory too long for a socket still gets one`() async throws {
        try await withStateDirectory { state in
            let long = "\(state)/\(String(repeating: "long", count: 25))"
            let cluster = PrivateCluster(stateDirectory: long, durable: false)
            try await cluster.start()
            let history = History(DatabaseSettings(connectionString: cluster.connectionString))
            try await history.ping()
            await history.close()
            try await cluster.stop()
            let sockets = try #require(
                cluster.connectionString.split(separator: "'").dropFirst().first.map(String.init))
            #expect(!sockets.hasPrefix(state))
            try FileManager.default.removeItem(atPath: sockets)
        }
    }

    @Test func `a path that a shell would read as more than a path is refused`() async throws {
        let error = await #expect(throws: HistoryError.self) {
            try await PrivateCluster(stateDirectory: "/tmp/touchline-$(id)").start()
        }
        #expect(error?.reason == "state_directory")
    }

    @Test func `nobody else can enter the data or the sockets, and nothing listens on the network`() async throws {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state, durable: false)
            try await cluster.start()
            for path in ["postgresql", "run"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(state)/\(path)")
                #expect(attributes[.posixPermissions] as? Int == 0o700)
            }
            let history = History(DatabaseSettings(connectionString: cluster.connectionString))
            #expect(try await history.value("select current_setting('listen_addresses')") == "")
            #expect(try await history.value("select current_setting('fsync')") == "off")
        }
    }
}
