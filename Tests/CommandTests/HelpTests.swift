import Testing

struct HelpTests {
    @Test(arguments: [
        [], ["--help"], ["-h"], ["help"], ["serve", "--help"], ["demo", "--help"], ["train", "--help"],
        ["predict", "--help"], ["models", "--help"], ["models", "rollback", "--help"],
        ["migrate", "--help"], ["check", "--help"], ["settings", "--help"], ["help", "serve"],
    ])
    func `help is an answer, not an error`(arguments: [String]) async throws {
        let ended = try await Program.run(arguments)
        #expect(ended.code == 0)
        #expect(ended.errors.isEmpty)
        #expect(ended.output.hasPrefix("OVERVIEW: "))
        #expect(ended.output.contains("USAGE: touchline "))
        #expect(!ended.output.contains("\u{1B}"))
    }

    @Test func `the program's help names every subcommand and the exit codes`() async throws {
        let help = try await Program.run(["--help"]).output
        for name in ["serve", "demo", "train", "predict", "models", "backtest", "migrate", "check", "settings"] {
            #expect(help.contains("\n  \(name) "), "\(name)")
        }
        #expect(help.contains("Exit codes: 0 "))
    }

    @Test func `the agent's help names every flag`() async throws {
        let help = try await Program.run(["serve", "--help"]).output
        for flag in [
            "--config.file", "--config.check", "--web.listen-address", "--web.telemetry-path", "--web.max-requests",
            "--web.enable-lifecycle", "--log.level", "--log.format", "--state-directory",
        ] {
            #expect(help.contains(flag), "\(flag)")
        }
    }

    @Test func `the version is one line`() async throws {
        let ended = try await Program.run(["--version"])
        #expect(ended.code == 0)
        #expect(ended.errors.isEmpty)
        #expect(ended.output.wholeMatch(of: /touchline \d+\.\d+\.\d+\S* \(\S+\)\n/) != nil, "\(ended.output)")
    }
}
