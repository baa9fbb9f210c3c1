import Exposition
import Logging
import TestSupport
import Testing

@testable import Agent

/// A registry behind the agent's own metrics route, over a real socket.
struct ServedRegistry {
    let registry = Registry(namespace: "own")
    let log = LogLines()
    var maximumRequests = 40

    /// Serves for as long as the body takes.
    func serve(_ body: (Int) async throws -> Void) async throws {
        var settings = Settings(stateDirectory: "/nonexistent")
        settings.web.maximumRequests = maximumRequests
        let store = SettingsStore(settings)
        let log = log
        let logger = Logger(label: "scrape") { _ in log }
        let metrics = MetricsRoute(
            registry: registry, instruments: ScrapeInstruments(), settings: store, logger: logger)
        let responder = WebResponder(routes: [:], metrics: metrics, settings: store)
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let ports = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(address: address, responder: responder, logger: logger) { ports.continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            let port = try #require(await ports.stream.first { _ in true })
            try await body(port)
            tasks.cancelAll()
        }
    }
}
