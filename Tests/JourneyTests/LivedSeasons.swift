import Fetch
import FoundationEssentials
import Synchronization
import TestSupport

@testable import Agent

/// Past seasons lived through by an agent that runs as ever, with the clock of the time, and is scraped over HTTP.
///
/// No line of the backfill has a part in it but the feed, which shows what was known on each day, and the settings.
struct LivedSeasons {
    let backfill: Backfill
    /// The folder for its database.
    let state: String

    /// Lives through every day, and scrapes on some of them.
    ///
    /// - Parameter scraped: The days on which it is scraped.
    /// - Returns: The pages, as OpenMetrics, by day.
    /// - Throws: What the agent ends with, or ``OutOfPatience``.
    func pages(on scraped: Set<Date>) async throws -> [Date: String] {
        let instant = ReplayedInstant(backfill.options.from)
        let matches = try SeasonFolder(path: backfill.options.data, division: "E0").matches()
        let pages = Mutex<[Date: String]>([:])
        try await backfill.withFeed(ReplayFeed(matches, division: "E0", at: instant)) { feed in
            var settings = backfill.settings
            settings.stateDirectory = state
            settings.web.listenAddresses = ["127.0.0.1:0"]
            settings.feed.baseURL = "http://127.0.0.1:\(feed)"
            let played = settings
            let ports = AsyncStream.makeStream(of: Int.self)
            let agent = try Agent(
                settings: played, load: { played }, clock: instant.clock, environment: [:],
                onListening: { ports.continuation.yield($0) })
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { ports.continuation.finish() }
                    try await agent.run()
                }
                if let port = await ports.stream.first(where: { _ in true }) {
                    for day in backfill.instants {
                        instant.advance(to: day)
                        agent.worker.changes.ring()
                        try await settled(agent, at: day)
                        guard scraped.contains(day) else { continue }
                        let page = try await RawExchange.send(
                            "GET", "/metrics", port: port, headers: ["Accept: application/openmetrics-text"]
                        ).text
                        pages.withLock { $0[day] = page }
                    }
                }
                tasks.cancelAll()
                do { while try await tasks.next() != nil {} } catch is CancellationError {}
            }
        }
        return pages.withLock { $0 }
    }

    /// Waits until the worker has done all that is due.
    private func settled(_ agent: Agent, at day: Date) async throws {
        let schedule = JobSchedule(settings: agent.settings.current.schedule)
        let end = ContinuousClock.now + .seconds(60)
        while true {
            if let snapshot = agent.snapshots.current,
                schedule.due(at: day, records: snapshot.jobs, ordered: snapshot.ordered) == nil
            {
                return
            }
            guard ContinuousClock.now < end else {
                throw OutOfPatience(what: "all jobs of \(day)", patience: .seconds(60), lastError: nil)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
