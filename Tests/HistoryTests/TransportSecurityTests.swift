import FoundationEssentials
import History
import Testing
import TestSupport

/// TLS as an operator sets it: the server proves who it is, or nothing is said to it.
struct TransportSecurityTests {
    private static let password = "o'clock \\ two"

    @Test func `a server is believed if its certificate is for the host and from the authority, and not otherwise`()
        async throws
    {
        let server = try await TestServer(password: Self.password)
        do {
            try await certify(server, host: "localhost")
            try await server.start([
                "listen_addresses=127.0.0.1", "ssl=on", "ssl_cert_file=\(server.folder)/server.crt",
                "ssl_key_file=\(server.folder)/server.key",
            ])
            try await holds(server)
        } catch {
            await server.remove()
            throw error
        }
        await server.remove()
    }

    private func holds(_ server: TestServer) async throws {
        let passwords = server.folder + "/pgpass"
        let escaped = Self.password.replacing("\\", with: "\\\\")
        try "*:*:*:*:\(escaped)\n".write(toFile: passwords, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwords)
        func history(_ options: String) -> History {
            History(
                DatabaseSettings(
                    connectionString:
                        "port=\(server.port) user=touchline dbname=postgres passfile=\(passwords) \(options)",
                    maximumConnections: 1))
        }
        func refusal(_ options: String) async throws -> String {
            let error = await #expect(throws: HistoryError.self) { try await history(options).ping() }
            #expect(error?.reason == "unavailable")
            let text = try #require(error?.description)
            #expect(!text.contains(Self.password) && !text.contains("\n"))
            return text
        }
        let authority = "sslmode=verify-full sslrootcert=\(server.folder)/authority.crt"
        let believed = history("host=localhost hostaddr=127.0.0.1 \(authority)")
        #expect(try await believed.value("select ssl from pg_stat_ssl where pid = pg_backend_pid()") == true)
        await believed.close()

        let anotherHost = try await refusal("host=db.example hostaddr=127.0.0.1 \(authority)")
        #expect(anotherHost.contains("does not match host name"))
        let stranger = "sslmode=verify-full sslrootcert=\(server.folder)/stranger.crt"
        let anotherAuthority = try await refusal("host=localhost hostaddr=127.0.0.1 \(stranger)")
        #expect(anotherAuthority.contains("certificate verify failed"))
        let noAuthority = try await refusal(
            "host=localhost hostaddr=127.0.0.1 sslmode=verify-full sslrootcert=/nowhere")
        #expect(noAuthority.contains("/nowhere"))
        let wrongPassword = try await refusal("host=localhost hostaddr=127.0.0.1 \(authority) password=hunter2")
        #expect(wrongPassword.contains("password authentication failed") && !wrongPassword.contains("hunter2"))
    }

    /// Makes an authority, a certificate of it for a host, and another authority that nobody signed anything with.
    private func certify(_ server: TestServer, host: String) async throws {
        func file(_ name: String) -> String { "\(server.folder)/\(name)" }
        let new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        for name in ["authority", "stranger"] {
            try await server.run(
                "openssl",
                new + ["-subj", "/CN=\(name)", "-keyout", file("\(name).key"), "-out", file("\(name).crt")])
        }
        try await server.run(
            "openssl",
            new + [
                "-CA", file("authority.crt"), "-CAkey", file("authority.key"), "-subj", "/CN=\(host)", "-addext",
                "subjectAltName=DNS:\(host)", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout",
                file("server.key"), "-out", file("server.crt"),
            ])
    }
}
