import Subprocess
import SystemPackage
import Testing

extension AgentHome {
    /// Runs a subcommand on this home, beside the agent or without one; returns what it printed.
    @discardableResult
    func succeeds(_ arguments: [String]) async throws -> String {
        let ended = try await command(arguments)
        #expect(ended.status == .exited(0), "\(arguments): \(ended.errors)")
        return ended.output
    }

    /// The same for one that may fail.
    func command(
        _ arguments: [String]
    ) async throws -> (status: TerminationStatus, output: String, errors: String) {
        let ended = try await run(
            .path(FilePath(try Product.touchline)),
            arguments: Arguments(arguments + ["--config.file", configuration, "--state-directory", state]),
            output: .string(limit: 100_000), error: .string(limit: 100_000))
        return (ended.terminationStatus, ended.standardOutput, ended.standardError)
    }
}
