import FoundationEssentials
import Subprocess
import Testing
import TestSupport

/// Where a configured server's password may come from, and that it is shown nowhere.
struct PasswordTests {
    private static let password = "o'clock \\ two"

    @Test func `a password comes from a file, from a credential or from the environment, and is never printed`()
        async throws
    {
        let server = try await TestServer(password: Self.password)
        do {
            try await server.start(["listen_addresses=127.0.0.1"])
            try await withWorkplace { place in try await holds(server, place) }
        } catch {
            await server.remove()
            throw error
        }
        await server.remove()
    }

    private func holds(_ server: TestServer, _ place: Workplace) async throws {
        let address = "host=127.0.0.1 port=\(server.port) user=touchline dbname=postgres sslmode=disable"
        let file = try place.file("database-password", Self.password + "\n")
        let bare = try place.configuration("database: {connection_string: \"\(address)\"}")
        let named = try place.configuration(
            "database: {connection_string: \"\(address)\", password_file: \"\(file)\"}", name: "named.yml")
        let cases: [(configuration: String, environment: [Environment.Key: String?], isLetIn: Bool)] = [
            (named, [:], true),
            (bare, ["CREDENTIALS_DIRECTORY": place.folder], true),
            (bare, ["PGPASSWORD": Self.password], true),
            (bare, ["PGPASSWORD": "hunter2"], false),
            (bare, ["PGPASSFILE": "/nowhere"], false),
        ]
        for one in cases {
            let ended = try await Program.run(
                ["database", "--config.file=\(one.configuration)"], environment: one.environment)
            #expect(ended.code == 0)
            #expect(ended.output.contains("status: running") == one.isLetIn, "\(ended.output)")
            #expect(ended.output.contains("password") != one.isLetIn, "\(ended.output)")
            for secret in [Self.password, "hunter2"] {
                #expect(!ended.output.contains(secret) && !ended.errors.contains(secret))
            }
        }
    }
}
