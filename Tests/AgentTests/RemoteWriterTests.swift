import Exposition
import Fetch
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// Remote write before servers that are busy, broken, slow, away or of another opinion.
@Suite(.timeLimit(.minutes(1)))
struct RemoteWriterTests {
    /// Two requests' worth of samples, written to a server.
    private static func write(
        to url: String, limits: FetchLimits = FetchLimits(), attempts: Int = 6,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) async throws -> (bytes: Int, requests: Int) {
        var history = ScrapeHistory(job: "touchline", instance: "league:9876")
        var writer = RemoteWriter(url, limits: limits, attempts: attempts, sleep: sleep)
        for (instant, page) in pages.enumerated() {
            let values = history.read(Array(page.utf8))
            try await writer.take(values, at: Int64(instant) * 86_400_000, history)
        }
        return try await writer.finish(history)
    }

    /// 6,000 series a day: the second day's fill the first request, the third's wait for the second.
    private static let pages = (1...3).map { day in
        let lines = (0..<6000).map { "touchline_number{of=\"\($0)\"} \($0 * day)\n" }
        return "# HELP touchline_number A number.\n# TYPE touchline_number gauge\n" + lines.joined() + "# EOF\n"
    }

    /// What a server that takes everything at once receives.
    private static func undisturbed() async throws -> [[UInt8]] {
        let server = try LoopbackServer { _ in .status(204) }
        #expect(try await write(to: server.url("/api/v1/write")).requests == 2)
        return server.requests.map(\.body)
    }

    @Test(arguments: [429, 500, 501, 502, 503, 504])
    func `what a busy or broken server did not take is sent again, whole and in order`(status: Int) async throws {
        let answers = Answers([.status(204), .status(status), .status(status), .status(status), .status(200)])
        let server = try LoopbackServer { _ in answers.next() }
        let waits = Waits()
        let summary = try await Self.write(to: server.url("/api/v1/write"), sleep: waits.note)
        let sent = server.requests
        let expected = try await Self.undisturbed()
        #expect(sent.map(\.body) == [expected[0], expected[1], expected[1], expected[1], expected[1]])
        #expect(summary.requests == 2 && summary.bytes == expected[0].count + expected[1].count)
        #expect(sent.allSatisfy { $0.method == "POST" && $0.path == "/api/v1/write" })
        for (name, value) in RemoteWriteRequest.headers {
            #expect(sent.allSatisfy { $0.headers[name.lowercased()] == value }, "\(name)")
        }
        #expect(sent.allSatisfy { $0.headers["user-agent"]?.hasPrefix("touchline/") == true })
        // Bounds that double; the waits are anywhere below them.
        #expect(waits.all.count == 3)
        #expect(zip(waits.all, [0.5, 1, 2]).allSatisfy { $0 < .seconds($1) })
    }

    @Test(arguments: [429, 503])
    func `the time that a server asks for is left to it`(status: Int) async throws {
        let answers = Answers([.status(status, headers: ["Retry-After": "90"]), .status(204), .status(204)])
        let server = try LoopbackServer { _ in answers.next() }
        let waits = Waits()
        #expect(try await Self.write(to: server.url("/w"), sleep: waits.note).requests == 2)
        #expect(waits.all == [.seconds(90)])
    }

    @Test(arguments: [400, 401, 403, 404, 408, 409, 413, 415, 422])
    func `what a server refuses is sent once, and is an error that says why`(status: Int) async throws {
        let server = try LoopbackServer { _ in .status(status) }
        let error = await #expect(throws: AgentError.self) { try await Self.write(to: server.url("/w")) }
        #expect(error?.description.contains("\(status)") == true, "\(error.debugDescription)")
        #expect(server.requests.count == 1)
    }

    @Test func `a server that is away is waited for, and gets everything when it is back`() async throws {
        let server = try LoopbackServer { _ in .status(204) }
        server.stop()
        let waits = Waits()
        let summary = try await Self.write(to: server.url("/w")) { wait in
            try await waits.note(wait)
            if waits.all.count == 3 { try server.restart() }
        }
        #expect(summary.requests == 2 && waits.all.count == 3)
        #expect(try await server.requests.map(\.body) == Self.undisturbed())
    }

    @Test func `an answer that does not come in time is asked for again`() async throws {
        let answers = Answers([
            LoopbackResponse(status: 204, delay: .seconds(20)), LoopbackResponse(body: .hangUp), .status(204),
            .status(204),
        ])
        let server = try LoopbackServer { _ in answers.next() }
        let limits = FetchLimits(totalTimeout: .milliseconds(500))
        #expect(try await Self.write(to: server.url("/w"), limits: limits).requests == 2)
        let expected = try await Self.undisturbed()
        #expect(server.requests.map(\.body) == [expected[0], expected[0], expected[0], expected[1]])
    }

    @Test func `a server that stays broken is given up, and the error names it`() async throws {
        let server = try LoopbackServer { _ in .status(503) }
        let error = await #expect(throws: AgentError.self) { try await Self.write(to: server.url("/w"), attempts: 4) }
        #expect(error?.description.contains("503 from \(server.url("/w"))") == true, "\(error.debugDescription)")
        #expect(server.requests.count == 4)
    }

    /// Answers in their order, the last again and again.
    private final class Answers: Sendable {
        private let left: Mutex<[LoopbackResponse]>

        init(_ answers: [LoopbackResponse]) { left = Mutex(answers) }

        func next() -> LoopbackResponse {
            left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .status(500) }
        }
    }

    /// The waits that were asked for; none is waited out.
    private final class Waits: Sendable {
        private let asked = Mutex<[Duration]>([])

        var all: [Duration] { asked.withLock { $0 } }

        @Sendable func note(_ wait: Duration) async throws { asked.withLock { $0.append(wait) } }
    }
}
