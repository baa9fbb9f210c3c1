import FoundationEssentials
import Glibc
import Subprocess
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ServeTests {
    private func metric(_ name: String, _ port: Int) async throws -> String? {
        try await RawExchange.send("GET", "/metrics", port: port).text.split(separator: "\n")
            .first { $0.hasPrefix("\(name) ") }.map { String($0.dropFirst(name.count + 1)) }
    }

    private func ready(_ port: Int) async throws -> Int {
        try await RawExchange.send("GET", "/-/ready", port: port).status
    }

    @Test func `it serves on a private database, reloads on SIGHUP, and leaves nothing running`() async throws {
        try await withWorkplace { place in
            let path = try place.configuration()
            var asked = ContinuousClock.now
            let ended = try await Program.running(["serve", "--config.file=\(path)"]) { program in
                let port = try await program.port()
                try await program.line(with: "database is up")
                while try await ready(port) != 200 { try await Task.sleep(for: .milliseconds(20)) }
                #expect(try await metric("touchline_database_up", port) == "1")
                #expect(try await metric("touchline_history_matches", port) == "0")
                #expect(try await metric("touchline_config_last_reload_successful", port) == "1")
                #expect(place.postmaster != nil)

                _ = try place.configuration("colour: red")
                program.send(SIGHUP)
                let refused = try await program.line(with: "configuration refused")
                #expect(refused.contains("level=error"))
                #expect(refused.contains("\(path):5: unknown key 'colour'"))
                #expect(try await metric("touchline_config_last_reload_successful", port) == "0")
                #expect(try await ready(port) == 200)

                _ = try place.configuration("log: {level: warn}")
                program.send(SIGHUP)
                while try await metric("touchline_config_last_reload_successful", port) != "1" {
                    try await Task.sleep(for: .milliseconds(20))
                }
                asked = ContinuousClock.now
                program.send(SIGTERM)
            }
            #expect(ended.code == 0)
            // The default of shutdown_timeout.
            #expect(ContinuousClock.now - asked < .seconds(20))
            #expect(place.postmaster == nil)
            #expect(ended.output.isEmpty)
            // The threshold is warn since the last reload.
            #expect(!ended.errors.contains("msg=stopping"))
        }
    }

    @Test(arguments: ["logfmt", "json"])
    func `without a database it stays up and says so, a line a record`(format: String) async throws {
        try await withWorkplace { place in
            let path = try place.configuration("database: {connection_string: \"host=\(place.folder)\"}")
            var asked = ContinuousClock.now
            let ended = try await Program.running(["serve", "--config.file=\(path)", "--log.format=\(format)"]) {
                program in
                let port = try await program.port()
                if !program.lines.contains(where: { $0.contains("database is away") }) {
                    try await program.line(with: "database is away")
                }
                #expect(try await ready(port) == 503)
                #expect(try await metric("touchline_database_up", port) == "0")
                #expect(try await metric("touchline_history_matches", port) == nil)
                #expect(try await RawExchange.send("GET", "/-/healthy", port: port).status == 200)
                #expect(try await RawExchange.send("GET", "/", port: port).text.contains("away"))
                asked = ContinuousClock.now
                program.send(SIGTERM)
            }
            #expect(ended.code == 0)
            #expect(ContinuousClock.now - asked < .seconds(20))
            #expect(ended.errorLines.count { $0.contains("database is away") } == 1)
            #expect(!ended.errors.contains("\u{1B}"))
            for line in ended.errorLines {
                if format == "json" {
                    let record = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
                    #expect(record["ts"] != nil && record["level"] != nil && record["msg"] != nil, "\(line)")
                } else {
                    let isRecord = line.wholeMatch(
                        of:
                            /ts=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=\w+ msg=("([^"\\]|\\.)*"|[^" =]+)( \w+=("([^"\\]|\\.)*"|[^" =]+))*/
                    )
                    #expect(isRecord != nil, "\(line)")
                }
            }
            #expect(ended.errorLines.last?.contains("stopped") == true)
        }
    }

    @Test func `under journald a line has a priority and no time`() async throws {
        try await withWorkplace { place in
            let path = try place.configuration("database: {connection_string: \"host=\(place.folder)\"}")
            let ended = try await Program.running(
                ["serve", "--config.file=\(path)"], environment: ["JOURNAL_STREAM": "8:1"]
            ) { program in
                _ = try await program.port()
                program.send(SIGINT)
            }
            #expect(ended.code == 0)
            for line in ended.errorLines { #expect(line.wholeMatch(of: /<[0-7]>level=.*/) != nil, "\(line)") }
            #expect(ended.errorLines.contains { $0.hasPrefix("<6>level=info msg=listening ") })
        }
    }

    /// The database takes the connection and never says a word, so that the first stop has to wait for it.
    @Test func `a second signal stops it at once`() async throws {
        let silence = try Silence()
        try await withWorkplace { place in
            let path = try place.configuration(
                "database: {connection_string: \"host=127.0.0.1 port=\(silence.port) connect_timeout=60\"}")
            let ended = try await Program.running(["serve", "--config.file=\(path)"]) { program in
                _ = try await program.port()
                try await silence.connected()
                program.send(SIGTERM)
                try await program.line(with: "msg=stopping")
                program.send(SIGTERM)
            }
            #expect(ended.code == 1)
            #expect(ended.errorLines.last?.contains("stopping at once on a second signal") == true)
        }
    }
}
