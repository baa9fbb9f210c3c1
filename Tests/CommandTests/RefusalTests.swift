import FoundationEssentials
import TestSupport
import Testing

/// Whatever is wrong from the start ends the program with code 1 and one line that names it.
struct RefusalTests {
    private func refusal(_ arguments: [String], in folder: String? = nil) async throws -> String {
        let ended = try await Program.run(arguments, in: folder)
        #expect(ended.code == 1, "\(arguments)")
        #expect(ended.errorLines.count == 1, "\(ended.errors)")
        #expect(ended.errors.hasPrefix("touchline: "))
        #expect(ended.errors.hasSuffix("\n"))
        #expect(!ended.errors.contains("\u{1B}"))
        return String(ended.errors.dropFirst("touchline: ".count).dropLast())
    }

    @Test(arguments: [
        (["--bogus"], "Unknown option '--bogus'. See 'touchline --help' for more information."),
        (["serve", "--bogus"], "Unknown option '--bogus'. See 'touchline serve --help' for more information."),
        (["watch"], "Unexpected argument 'watch'. See 'touchline --help' for more information."),
        (["check", "extra"], "Unexpected argument 'extra'. See 'touchline check --help' for more information."),
        (
            ["serve", "--web.max-requests=many"],
            "The value 'many' is invalid for '--web.max-requests <web.max-requests>'. See 'touchline serve --help' for "
                + "more information."
        ),
        (["serve", "--web.listen-address=9876"], "--web.listen-address: '9876' is not host:port"),
        (["serve", "--web.telemetry-path=/"], "--web.telemetry-path: '/' cannot hold the metrics page"),
        (["serve", "--web.max-requests=0"], "--web.max-requests: must be at least 1"),
        (["serve", "--log.level=loud"], "--log.level: 'loud' is not debug, info, warn or error"),
        (["serve", "--log.format=xml"], "--log.format: 'xml' is not logfmt or json"),
        (["serve", "--config.file=/nowhere/x.yml"], "/nowhere/x.yml: cannot be read: no such file"),
        (["serve", "--config.check", "--config.file=/nowhere/x.yml"], "/nowhere/x.yml: cannot be read: no such file"),
        (["settings", "--state-directory", ""], "--state-directory: must name a folder"),
        (
            ["demo", "--seconds-per-round=0"],
            "--seconds-per-round must be at least 1. See 'touchline demo --help' for more information."
        ),
    ])
    func `a bad flag is named`(arguments: [String], why: String) async throws {
        #expect(try await refusal(arguments) == why)
    }

    @Test func `a bad configuration file is named with its line`() async throws {
        try await withWorkplace { place in
            _ = try place.file("bad.yml", "web:\n  max_requests: 3\n  listen: [\":1\"]\n")
            for command in ["serve", "check", "settings", "migrate", "train", "predict"] {
                let why = try await refusal([command, "--config.file=bad.yml"], in: place.folder)
                #expect(
                    why
                        == "bad.yml:3: unknown key 'web.listen'; known here: listen_addresses, telemetry_path, "
                        + "max_requests, enable_lifecycle")
            }
            _ = try place.file("password.yml", "database:\n  connection_string: host=db password=hunter2\n")
            let why = try await refusal(["serve", "--config.file=password.yml"], in: place.folder)
            #expect(why.hasPrefix("password.yml:2: database.connection_string: must not hold a password"))
            #expect(!why.contains("hunter2"))
            _ = try place.file(
                "missing.yml", "database: {connection_string: host=db, password_file: secret}\n")
            #expect(
                try await refusal(["serve", "--config.file=missing.yml"], in: place.folder)
                    == "database.password_file: secret cannot be read")
        }
    }

    @Test func `a state directory that cannot be made is named`() async throws {
        try await withWorkplace { place in
            let file = try place.file("file", "")
            let why =
                "the state directory \(file)/state cannot be used: Not a directory; choose one that this user may write to"
            #expect(try await refusal(["check", "--state-directory=\(file)/state"]) == why)
            let served = try await Program.run([
                "serve", "--state-directory=\(file)/state", "--web.listen-address=127.0.0.1:0",
            ])
            #expect(served.code == 1)
            #expect(served.errorLines.last == "touchline: \(why)")
        }
    }

    @Test func `missing server programs are named with the way out`() async throws {
        try await withWorkplace { place in
            try FileManager.default.createDirectory(
                atPath: "\(place.folder)/empty", withIntermediateDirectories: false)
            let path = try place.configuration("database: {binaries: empty}")
            let why = "no PostgreSQL server programs in \(place.folder)/empty: apt-get install postgresql"
            #expect(try await refusal(["check", "--config.file=\(path)"]) == why)
            #expect(try await refusal(["check", "--config.file=touchline.yml"], in: place.folder) == why)
            let served = try await Program.run(["serve", "--config.file=\(path)"])
            #expect(served.code == 1)
            #expect(served.errorLines.last == "touchline: \(why)")
        }
    }

    @Test func `an unreachable database fails a command that needs it now`() async throws {
        try await withWorkplace { place in
            let path = try place.configuration(
                "database: {connection_string: \"host=\(place.folder) connect_timeout=2\"}")
            for command in ["check", "migrate", "predict"] {
                let why = try await refusal([command, "--config.file=\(path)"])
                #expect(why.hasPrefix("PostgreSQL is unavailable: "), "\(why)")
                #expect(why.contains(place.folder), "\(why)")
            }
        }
    }

    @Test func `an address in use is named, and the private cluster does not outlive the attempt`() async throws {
        let other = try LoopbackServer { _ in LoopbackResponse() }
        try await withWorkplace { place in
            let ended = try await Program.run([
                "serve", "--config.file=\(try place.configuration())", "--web.listen-address=127.0.0.1:\(other.port)",
            ])
            #expect(ended.code == 1)
            #expect(
                ended.errorLines.last
                    == "touchline: cannot listen on 127.0.0.1:\(other.port): Address already in use; "
                    + "--web.listen-address chooses another")
            #expect(ended.errorLines.count { $0.hasPrefix("touchline: ") } == 1)
            #expect(place.postmaster == nil)
        }
    }
}
