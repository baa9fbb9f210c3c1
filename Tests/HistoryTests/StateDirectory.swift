import FoundationEssentials
import Glibc
import History
import Testing

/// Runs a test with a state directory of its own; the cluster in it, if there is one, is stopped afterwards.
func withStateDirectory(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/touchline-cluster-XXXXXX".utf8CString)
    let state = try #require(mkdtemp(&template).map { String(cString: $0) })
    // The server's user must get through; the parts are closed each for itself.
    chmod(state, 0o755)
    let outcome = await Result(catching: { try await body(state) })
    try? await PrivateCluster(stateDirectory: state).stop()
    try? FileManager.default.removeItem(atPath: state)
    try outcome.get()
}

/// The number of the process of a private cluster's server.
func server(of state: String) -> pid_t? {
    let file = try? String(contentsOfFile: "\(state)/postgresql/postmaster.pid", encoding: .utf8)
    return file.flatMap { pid_t($0.prefix { $0 != "\n" }) }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
