import FoundationEssentials
import Subprocess
import SystemPackage

/// The built program, run as a user runs it.
enum Program {
    /// Variables that would change what the program does; a user's own must not.
    static let environment = Environment.inherit.updating([
        "STATE_DIRECTORY": nil, "XDG_STATE_HOME": nil, "NOTIFY_SOCKET": nil, "JOURNAL_STREAM": nil, "PGHOST": nil,
        "PGPASSWORD": nil,
    ])

    /// The executable, which is built into the folder of the test bundle.
    static var path: FilePath {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let folder = bundle.split(separator: "/").dropLast().joined(separator: "/")
            let path = "/\(folder)/touchline"
            guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
            return FilePath(path)
        }
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], in folder: String? = nil, environment: [Environment.Key: String?] = [:]
    ) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(try path), arguments: Arguments(arguments),
            environment: Program.environment.updating(environment),
            workingDirectory: folder.map { FilePath($0) }, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        return Ended(
            status: result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// Runs it for as long as the body takes; then it is asked to stop, and killed if it does not within 30 s.
    ///
    /// What it says on standard error is read by the body as it comes, and by this function to the end.
    static func running(
        _ arguments: [String], environment: [Environment.Key: String?] = [:],
        _ body: (inout RunningProgram) async throws -> Void
    ) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(try path), arguments: Arguments(arguments),
            environment: Program.environment.updating(environment), input: .none, output: .string(limit: 1 << 20),
            error: .sequence
        ) { execution in
            var program = RunningProgram(execution.processIdentifier, execution.standardError)
            var failure: (any Error)?
            do { try await body(&program) } catch { failure = error }
            if failure != nil {
                await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(30))])
            }
            await program.readToEnd()
            if let failure { throw failure }
            return program.lines
        }
        return Ended(
            status: result.terminationStatus, output: result.standardOutput,
            errors: result.closureResult.map { $0 + "\n" }.joined())
    }

    /// How it ended, and what it said.
    struct Ended: Sendable {
        let status: TerminationStatus
        let output: String
        let errors: String

        /// The exit code; nil if a signal ended it.
        var code: Int32? {
            if case .exited(let code) = status { return code }
            return nil
        }

        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }
}

struct NotBuilt: Error, CustomStringConvertible {
    let path: String

    var description: String { "no program at \(path): swift build makes it" }
}
