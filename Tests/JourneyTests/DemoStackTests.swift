import FoundationEssentials
import Glibc
import Subprocess
import Testing

extension Journeys {
    /// The demo with Prometheus and Alertmanager beside it.
    struct DemoStackTests {
        @Test(.timeLimit(.minutes(4)))
        func `the demo's stack scrapes, alerts and tells the agent, and nothing of it is left after Ctrl-C`()
            async throws
        {
            try await withFolder { folder in
                let demo = try await withProcess(
                    try Product.touchline, ["demo", "--stack", "--web.listen-address", "127.0.0.1:0"],
                    log: "\(folder)/demo.log"
                ) { demo in
                    let prometheus = try await address("prometheus", of: demo)
                    let alertmanager = try await address("alertmanager", of: demo)
                    for link in demo.said.matches(of: /(?m)(prometheus|alertmanager) +(http\S+)$/) {
                        #expect(try await !SampleServer(url: prometheus).text(of: String(link.output.2)).isEmpty)
                    }
                    let server = SampleServer(url: prometheus)
                    try await server.waitsForItself()
                    try await eventually("the watchdog at \(alertmanager)") {
                        try await server.text(of: "\(alertmanager)/api/v2/alerts").contains("TouchlineWatchdog")
                    }
                    let webhook = try #require(
                        demo.said.firstMatch(of: /alerts go to (http:.+)\/webhook/), "\(demo.said)")
                    try await eventually("the watchdog at \(webhook.output.1)") {
                        let told = try await server.text(of: String(webhook.output.1))
                        return told.contains("TouchlineWatchdog") && told.contains(#""status":"firing""#)
                    }
                    let beside = children(of: demo.id)
                    #expect(beside.count >= 2)
                    demo.send(SIGINT)
                    try await eventually("the end of the demo") { demo.isDone }
                    for process in beside { #expect(kill(process, 0) != 0, "\(process) is left") }
                    return demo.id
                }
                #expect(demo.status == .exited(0))
                #expect(!FileManager.default.fileExists(atPath: "/tmp/touchline-demo-\(getuid())-\(demo.result)"))
            }
        }

        @Test(.timeLimit(.minutes(4)))
        func `a second signal ends the demo and its stack at once, and nothing of them is left`() async throws {
            try await withFolder { folder in
                let demo = try await withProcess(
                    try Product.touchline, ["demo", "--stack", "--web.listen-address", "127.0.0.1:0"],
                    log: "\(folder)/demo.log"
                ) { demo in
                    _ = try await address("prometheus", of: demo)
                    let place = "/tmp/touchline-demo-\(getuid())-\(demo.id)"
                    try await eventually("a server in \(place)") {
                        FileManager.default.fileExists(atPath: "\(place)/postgresql/postmaster.pid")
                    }
                    #expect(Leftovers.processes(namedFor: place, besidesPostgreSQL: false).count >= 3)
                    // Two of one kind that come at once may be seen as one.
                    demo.send(SIGTERM)
                    demo.send(SIGINT)
                    try await eventually("the end of the demo", within: .seconds(30)) {
                        demo.isDone
                    }
                    #expect(Leftovers.processes(namedFor: place, besidesPostgreSQL: false).isEmpty)
                    #expect(!FileManager.default.fileExists(atPath: place))
                    return demo.said
                }
                #expect(demo.status == .exited(1))
                #expect(demo.result.contains("stopping at once on a second signal"))
                #expect(!demo.result.contains("the stack is not there"))
            }
        }

        private func address(_ name: String, of demo: ChildProcess) async throws -> String {
            try await eventually("\(name) in \(demo.log)") {
                guard let start = demo.said.firstRange(of: "\(name) ")?.upperBound else { return nil }
                let line = demo.said[start...].drop { $0 == " " }.prefix { $0 != "\n" }
                return line.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/).map { String($0.output) }
            }
        }

        private func children(of parent: pid_t) -> [pid_t] {
            let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return entries.compactMap { pid_t($0) }.filter { process in
                let fields = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8).split(separator: ")")
                let command = (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) ?? ""
                return fields?.last?.split(separator: " ").dropFirst().first == "\(parent)"
                    && command.hasPrefix("prometheus")
            }
        }
    }
}
