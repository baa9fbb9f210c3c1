import FoundationEssentials
import Glibc
import History
import TestSupport
import Testing

extension Journeys {
    /// The dashboards as a newcomer finds them.
    struct DashboardsTests {
        @Test(.timeLimit(.minutes(6)))
        func `every panel of every dashboard shows something while the demo runs`() async throws {
            try await withFolder { folder in
                try await withProcess(
                    try Product.touchline,
                    ["demo", "--web.listen-address", "127.0.0.1:0", "--seconds-per-round", "8"],
                    log: "\(folder)/demo.log"
                ) { demo in
                    let port = try await eventually("the demo's address in \(demo.log)") { () -> Int? in
                        demo.said.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { Int($0.output.1) }
                    }
                    let database = PrivateCluster(stateDirectory: "/tmp/touchline-demo-\(getuid())-\(demo.id)")
                    let history = History(
                        DatabaseSettings(connectionString: database.connectionString, maximumConnections: 1))
                    try await withMonitoring(in: folder, scraping: port) { stack in
                        let dashboards = LiveDashboards(stack: stack, history: history, start: Date())
                        try await eventually("the first scrape") { try await !stack.query("up == 1").isEmpty }
                        try await areAlive(dashboards)
                    }
                    await history.close()
                }
            }
        }

        /// Waits until nothing is empty, and says what is if that does not come.
        private func areAlive(_ dashboards: LiveDashboards) async throws {
            let end = ContinuousClock.now + .seconds(150)
            var answers = try await dashboards.ask()
            while answers.contains(where: \.isEmpty), ContinuousClock.now < end {
                try await Task.sleep(for: .seconds(2))
                answers = try await dashboards.ask()
            }
            let questions = answers.reduce(0) { $0 + $1.values.count }
            let empty = answers.filter(\.isEmpty)
            print(
                "journey: \(Set(answers.map(\.dashboard)).count) dashboards, \(answers.count) panels and annotations,",
                "\(questions) questions; empty: \(empty.count)")
            for answer in empty { Issue.record("nothing to see: \(answer)") }
        }
    }
}

/// Makes a folder for the body and removes it.
func withFolder(_ body: (String) async throws -> Void) async throws {
    await Leftovers.sweep()
    var template = Array("\(Leftovers.prefix)\(getpid())-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
