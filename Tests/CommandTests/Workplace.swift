import FoundationEssentials
import Glibc
import History

/// A temporary folder with a configuration that reaches no network, and a state directory.
struct Workplace: Sendable {
    let folder: String

    var state: String { "\(folder)/state" }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// Writes a configuration whose feed refuses connections, and returns its path.
    func configuration(_ more: String = "", name: String = "touchline.yml") throws -> String {
        try file(
            name,
            """
            state_directory: state
            web: {listen_addresses: ["127.0.0.1:0"]}
            feed: {base_url: "http://127.0.0.1:1", first_season: 2023/24, attempts: 1}
            schedule: {jitter: 0s}
            \(more)

            """)
    }

    /// The number of the private cluster's server; nil while none runs.
    var postmaster: pid_t? {
        let file = try? String(contentsOfFile: "\(state)/postgresql/postmaster.pid", encoding: .utf8)
        return file.flatMap { pid_t($0.prefix { $0 != "\n" }) }
    }
}

/// Makes a workplace for the body, and afterwards stops its PostgreSQL and removes it.
func withWorkplace(_ body: (Workplace) async throws -> Void) async throws {
    var template = Array("/tmp/touchline-command-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemFailure(errno: errno) }
    let place = Workplace(folder: String(cString: made))
    // Where the tests run as root, the server's own user must get through.
    chmod(place.folder, 0o755)
    var failure: (any Error)?
    do { try await body(place) } catch { failure = error }
    try? await PrivateCluster(stateDirectory: place.state).stop()
    try? FileManager.default.removeItem(atPath: place.folder)
    if let failure { throw failure }
}

struct SystemFailure: Error {
    let errno: Int32
}
