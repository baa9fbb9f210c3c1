import HTTPTypes
import TestSupport

@testable import Agent

/// An agent's pages over a real socket: the agent is put together as ever, but only its web server runs.
struct ServedAgent: Sendable {
    let agent: Agent
    let port: Int

    func get(_ target: String, accept: String? = nil) async throws -> RawReply {
        try await send("GET", target, headers: accept.map { ["Accept: \($0)"] } ?? [])
    }

    func send(_ method: String, _ target: String, headers: [String] = [], body: String = "") async throws -> RawReply {
        try await RawExchange.send(method, target, port: port, headers: headers, body: body)
    }

    /// The value of a sample line of the metrics page, name and labels as they are written.
    func metric(_ series: String) async throws -> Double? {
        try await get("/metrics").text.split(separator: "\n").first { $0.hasPrefix("\(series) ") }
            .flatMap { Double($0.dropFirst(series.count + 1)) }
    }
}

/// Serves an agent's pages for as long as the body takes.
func withPages(_ agent: Agent, _ body: (ServedAgent) async throws -> Void) async throws {
    let ports = AsyncStream.makeStream(of: Int.self)
    let server = WebServer(
        address: try agent.firstAddress(), responder: agent.responder, logger: agent.logger
    ) { ports.continuation.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { ports.continuation.finish() }
            try await server.run()
        }
        if let port = await ports.stream.first(where: { _ in true }) {
            try await body(ServedAgent(agent: agent, port: port))
        } else {
            // It ended before it listened, and says why.
            try await tasks.next()
        }
        tasks.cancelAll()
    }
}

extension Agent {
    fileprivate func firstAddress() throws -> ListenAddress {
        guard let address = settings.current.web.listenAddresses.compactMap(ListenAddress.init).first else {
            throw AgentError.listen(address: "nowhere", why: "no address in the settings")
        }
        return address
    }
}
