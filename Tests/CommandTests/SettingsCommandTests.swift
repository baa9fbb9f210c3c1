import Testing

struct SettingsCommandTests {
    @Test func `what it prints is a configuration file that means the same`() async throws {
        try await withWorkplace { place in
            let flags = [
                "--web.listen-address=127.0.0.1:1", "--web.listen-address=[::1]:2", "--web.telemetry-path=/m",
                "--web.max-requests=7", "--web.enable-lifecycle", "--log.level=debug", "--log.format=json",
                "--state-directory=\(place.folder)/it's \"here\"",
            ]
            let first = try await Program.run(["settings"] + flags)
            #expect(first.code == 0)
            #expect(first.errors.isEmpty)
            for text in [
                "listen_addresses: [\"127.0.0.1:1\", \"[::1]:2\"]", "telemetry_path: \"/m\"", "max_requests: 7",
                "enable_lifecycle: true", "level: debug", "format: json",
            ] {
                #expect(first.output.contains(text), "\(text)")
            }
            let path = try place.file("printed.yml", first.output)
            let second = try await Program.run(["settings", "--config.file=\(path)"])
            #expect(second.output == first.output)
            let check = try await Program.run(["serve", "--config.check", "--config.file=\(path)"])
            #expect(check.code == 0)
            #expect(check.output == "\(path) is valid\n")
            #expect(check.errors.isEmpty)
        }
    }

    @Test func `flags win over the file, and relative paths are relative to it`() async throws {
        try await withWorkplace { place in
            let path = try place.file(
                "touchline.yml", "state_directory: here\nlog: {level: warn}\ndatabase: {binaries: pg}\n")
            let plain = try await Program.run(["settings", "--config.file=\(path)"]).output
            #expect(plain.contains("state_directory: \"\(place.folder)/here\"\n"))
            #expect(plain.contains("binaries: \"\(place.folder)/pg\"\n"))
            #expect(plain.contains("level: warn\n"))
            let flagged = try await Program.run(
                ["settings", "--config.file=touchline.yml", "--log.level=error", "--state-directory=there"],
                in: place.folder
            ).output
            #expect(flagged.contains("state_directory: \"\(place.folder)/there\"\n"))
            #expect(flagged.contains("binaries: \"\(place.folder)/pg\"\n"))
            #expect(flagged.contains("level: error\n"))
        }
    }
}
