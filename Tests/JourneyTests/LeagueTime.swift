import Agent
import FoundationEssentials
import Testing

/// Runs an agent inside this process, at a clock that goes on only when it is told to, beside Prometheus and Alertmanager
/// on the shipped files, for as long as the body takes.
///
/// - Parameters:
///   - home: Where it keeps its state.
///   - clock: The time the league lives in.
///   - configuration: The YAML file's text.
///   - isSynthetic: Whether the league is simulated.
///   - interval: From one scrape, and from one evaluation, to the next.
///   - hold: What stands in place of each alert's `for`.
///   - body: Works with what is monitored.
/// - Throws: What the body throws, or that something could not be started.
func withAgent(
    _ home: AgentHome, at clock: SteppedClock, _ configuration: String, isSynthetic: Bool = false,
    every interval: String = "200ms", hold: String = "0s", body: (MonitoringStack) async throws -> Void
) async throws {
    try configuration.write(toFile: home.configuration, atomically: true, encoding: .utf8)
    let settings = try Settings.load(path: home.configuration, stateDirectory: home.state)
    let ports = AsyncStream.makeStream(of: Int.self)
    let agent = try Agent(
        settings: settings, load: { settings }, clock: clock.league, isSynthetic: isSynthetic, environment: [:],
        onListening: { ports.continuation.yield($0) })
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { ports.continuation.finish() }
            try await agent.run()
        }
        let port = try #require(await ports.stream.first { _ in true })
        try await withMonitoring(in: home.folder, scraping: port, every: interval, hold: hold, body: body)
        tasks.cancelAll()
        do { while try await tasks.next() != nil {} } catch is CancellationError {}
    }
}

extension MonitoringStack {
    /// Waits until the agent has run a job at an instant or later, and Prometheus has seen it.
    func sees(_ job: JobName, since instant: Date, at clock: LeagueClock) async throws {
        let wall = clock.wall(instant).timeIntervalSince1970 - 0.001
        try await eventually("a run of \(job.rawValue) on \(instant)", within: .seconds(60)) {
            try await query("touchline_job_last_success_timestamp_seconds{job_name=\"\(job.rawValue)\"} >= \(wall)")
                .count == 1
        }
    }
}
