import FoundationEssentials
import Glibc
import History

/// A PostgreSQL server of a test's own, for what cannot be done to the one that all tests share.
package struct TestServer: Sendable {
    /// Its folder, which the server's user owns; the socket is in it.
    package let folder: String
    /// The TCP port; it listens there only if the settings say so.
    package let port: Int
    private let user: ServerUser
    private let programs: ServerPrograms

    /// Makes a cluster without a server yet, whose superuser is `touchline` with a password.
    ///
    /// - Parameter password: For connections over TCP; at the socket everybody is trusted.
    /// - Throws: If PostgreSQL's programs are missing or fail.
    package init(password: String = "unused") async throws {
        user = try ServerUser.current()
        programs = try await ServerPrograms.find(in: nil, path: "/usr/bin", matching: nil)
        port = try TestServer.freePort()
        folder = "/tmp/touchline-server-\(getpid())-\(port)"
        try user.makePrivateDirectory(folder)
        chmod(folder, 0o755)
        try password.write(toFile: folder + "/password", atomically: false, encoding: .utf8)
        chmod(folder + "/password", 0o644)
        try await programs.run(
            "initdb",
            [
                "-D", folder + "/data", "-U", "touchline", "--auth-local=trust", "--auth-host=scram-sha-256",
                "--pwfile=\(folder)/password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ], as: user)
    }

    /// How libpq reaches it at its socket.
    package var connectionString: String { "host=\(folder) port=\(port) user=touchline dbname=postgres" }

    /// Starts the server.
    ///
    /// - Parameter settings: Settings beside those that a test needs, as `name=value`.
    /// - Throws: What the server complains of.
    package func start(_ settings: [String] = []) async throws {
        let all =
            ["listen_addresses=''", "fsync=off", "port=\(port)", "unix_socket_directories='\(folder)'"] + settings
        let options = all.map { "-c \($0)" }.joined(separator: " ")
        try await programs.run(
            "pg_ctl", ["start", "-D", folder + "/data", "-l", folder + "/log", "-w", "-t", "30", "-o", options],
            as: user)
    }

    /// Stops the server as its machine's end would: without a goodbye.
    package func stop() async throws {
        try await programs.run("pg_ctl", ["stop", "-D", folder + "/data", "-m", "immediate", "-w"], as: user)
    }

    /// Kills every process of the server, as a machine that runs out of memory does.
    package func kill() throws {
        let file = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let postmaster = pid_t(file.prefix { $0 != "\n" }) else { return }
        let list = try String(contentsOfFile: "/proc/\(postmaster)/task/\(postmaster)/children", encoding: .utf8)
        // The first of them cannot start new ones.
        for process in [postmaster] + list.split(separator: " ").compactMap({ pid_t($0) }) {
            Glibc.kill(process, SIGKILL)
        }
    }

    /// Runs a program of the system as the server's user.
    package func run(_ program: String, _ arguments: [String]) async throws {
        try await ServerPrograms(directory: "/usr/bin", major: "").run(program, arguments, as: user)
    }

    /// Ends the server, if it runs, and removes everything.
    package func remove() async {
        try? await stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A port on which nobody listens at the moment.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw HistoryError.unavailable(String(cString: strerror(errno))) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
