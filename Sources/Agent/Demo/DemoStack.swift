internal import Fetch
internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage

/// Prometheus and Alertmanager, as Debian packages them, beside a demo: with the shipped rules, on loopback alone.
public struct DemoStack: Sendable {
    /// Where the two are.
    public struct Links: Sendable {
        /// Prometheus' pages.
        public let prometheus: String
        /// Alertmanager's pages.
        public let alertmanager: String
        /// Where the agent itself is told of its alerts.
        public let webhook: String
    }

    private let programs: [String: String]
    private let shipped: String

    /// Looks for what it needs, so that nothing begins that cannot go on.
    ///
    /// - Throws: ``AgentError/job(_:)`` that says what is missing and how to get it.
    public init() throws(AgentError) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        var programs: [String: String] = [:]
        for name in ["prometheus", "prometheus-alertmanager"] {
            programs[name] = (folders + ["/usr/bin"]).map { "\($0)/\(name)" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        let missing = ["prometheus", "prometheus-alertmanager"].filter { programs[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.joined(separator: " ")
            throw .job("--stack needs \(names): apt-get install --no-install-recommends \(names)")
        }
        guard let shipped = RuleCheck.shippedFolder else {
            throw .job("--stack needs the shipped alerts, prometheus and dashboards: run it in the source folder")
        }
        self.programs = programs
        self.shipped = shipped
    }

    /// Runs both until it is cancelled; their files are below the demo's folder and go with it.
    ///
    /// - Parameters:
    ///   - agent: The agent that is watched.
    ///   - port: Where it listens.
    ///   - started: Told where both are, once they answer.
    /// - Throws: ``AgentError/job(_:)`` with the reason if one of them does not come to answer.
    public func run(beside agent: Agent, port: Int, started: @escaping @Sendable (Links) -> Void) async throws {
        let folder = "\(agent.settings.current.stateDirectory)/stack"
        let (prometheus, alertmanager) = (try freePort(from: 9090), try freePort(from: 9190))
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try write(alertmanagerFile(agent: port), to: "\(folder)/alertmanager.yml")
            try write(prometheusFile(agent: port, alertmanager: alertmanager), to: "\(folder)/prometheus.yml")
        } catch {
            throw AgentError.job("\(folder) cannot be written: \(error)")
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await keep(
                    "prometheus-alertmanager", beside: agent,
                    [
                        "--config.file=\(folder)/alertmanager.yml", "--storage.path=\(folder)/alertmanager",
                        "--web.listen-address=127.0.0.1:\(alertmanager)", "--cluster.listen-address=",
                    ], log: "\(folder)/alertmanager.log")
            }
            tasks.addTask {
                try await keep(
                    "prometheus", beside: agent,
                    [
                        "--config.file=\(folder)/prometheus.yml", "--storage.tsdb.path=\(folder)/prometheus",
                        "--web.listen-address=127.0.0.1:\(prometheus)",
                    ], log: "\(folder)/prometheus.log")
            }
            tasks.addTask {
                try await answers(prometheus, "prometheus", log: "\(folder)/prometheus.log")
                try await answers(alertmanager, "prometheus-alertmanager", log: "\(folder)/alertmanager.log")
                started(
                    Links(
                        prometheus: await page(of: prometheus, "alerts", ifThereIs: "alerts", else: "classic/alerts"),
                        alertmanager: await page(of: alertmanager, "", ifThereIs: "script.js", else: "api/v2/alerts"),
                        webhook: "http://127.0.0.1:\(port)/api/v1/alerts/webhook"))
            }
            defer { tasks.cancelAll() }
            while try await tasks.next() != nil {}
        }
    }

    /// The shipped file with this agent's address; of the people whom it names none is told.
    private func alertmanagerFile(agent: Int) throws -> String {
        try String(contentsOfFile: "\(shipped)/prometheus/alertmanager.yml", encoding: .utf8)
            .replacing("  - templates/", with: "  - \(shipped)/prometheus/templates/")
            .replacing("localhost:9876", with: "127.0.0.1:\(agent)")
            .replacing(
                /[ ]+webhook_configs:\n +- url: http:\/\/127\.0\.0\.1:9095[^\n]*\n( +send_resolved: false\n)?/, with: ""
            )
    }

    private func prometheusFile(agent: Int, alertmanager: Int) throws -> String {
        try String(contentsOfFile: "\(shipped)/prometheus/prometheus.yml", encoding: .utf8)
            .replacing("\"*.rules.yml\"", with: "\"\(shipped)/prometheus/*.rules.yml\"")
            .replacing("../alerts/", with: "\(shipped)/alerts/")
            .replacing("localhost:9093", with: "127.0.0.1:\(alertmanager)")
            .replacing("localhost:9876", with: "127.0.0.1:\(agent)")
            // The demo's league is quick, and so is whoever watches it.
            .replacing("interval: 15s", with: "interval: 5s").replacing("timeout: 10s", with: "timeout: 5s")
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private func freePort(from first: Int) throws(AgentError) -> Int {
        let free = (first..<(first + 100)).first { ListenAddress("127.0.0.1:\($0)")?.isTaken == false }
        guard let free else { throw .job("no port from \(first) to \(first + 99) is free for --stack") }
        return free
    }
}

extension DemoStack {
    /// Runs a program until this task is cancelled; then it is asked to stop, and killed if it does not within 10 s.
    private func keep(_ name: String, beside agent: Agent, _ arguments: [String], log: String) async throws {
        let output = try FileDescriptor.open(
            FilePath(log), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
        var options = PlatformOptions()
        // Ctrl-C is the demo's to hear; it stops the others in order.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
        _ = try await Subprocess.run(
            .path(FilePath(programs[name] ?? name)), arguments: Arguments(arguments), platformOptions: options,
            input: .none, output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .combinedWithOutput)
        // A second signal ends it with everything else.
        guard !Task.isCancelled, !agent.draining.hasBegun else { throw CancellationError() }
        throw AgentError.job("\(name) ended by itself: \(lastLine(of: log))")
    }

    /// Waits until a server says that it is ready.
    private func answers(_ port: Int, _ name: String, log: String) async throws {
        let fetcher = Fetcher(userAgent: "touchline", retry: RetryPolicy(maximumAttempts: 1), seed: 1)
        let end = ContinuousClock.now + .seconds(30)
        while (try? await fetcher.fetch(FetchRequest(url: "http://127.0.0.1:\(port)/-/ready"))) == nil {
            try Task.checkCancellation()
            guard ContinuousClock.now < end else {
                throw AgentError.job("\(name) did not come to answer: \(lastLine(of: log))")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A page that there is: Debian's packages come without the newer web applications.
    private func page(of port: Int, _ path: String, ifThereIs other: String, else spare: String) async -> String {
        let fetcher = Fetcher(userAgent: "touchline", retry: RetryPolicy(maximumAttempts: 1), seed: 1)
        let address = "http://127.0.0.1:\(port)/"
        let isThere = (try? await fetcher.fetch(FetchRequest(url: address + other))) != nil
        return address + (isThere ? path : spare)
    }

    private func lastLine(of log: String) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "it said nothing"
    }
}
