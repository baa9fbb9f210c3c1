import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// A program that runs beside a test.
struct ChildProcess: Sendable {
    let id: pid_t
    /// The file that holds what it said on standard output and standard error.
    let log: String

    /// What it said so far.
    var said: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// Whether it has ended and waits to be collected.
    var isDone: Bool {
        let state = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
        return state?.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    /// Sends a signal; only within the body that this process was given to, while the number is still its own.
    func send(_ signal: Int32) { kill(id, signal) }

    /// The port in the first line that contains `words` followed by an address.
    func port(after words: String) async throws -> Int {
        try await eventually("'\(words)' in \(log)") {
            let said = said
            // A line is taken only once its end is written.
            guard let start = said.firstRange(of: words)?.upperBound, let end = said[start...].firstIndex(of: "\n")
            else { return nil }
            return said[start..<end].split(separator: ":").last.flatMap { Int($0) }
        }
    }
}

/// Runs a program for as long as the body takes; then it is asked to stop, and killed if it does not within 30 s.
///
/// - Parameters:
///   - program: Its name in `PATH`, or its path.
///   - arguments: Its arguments.
///   - log: The file for its output.
///   - body: Works with it while it runs.
/// - Returns: What the body returned, and how the program ended.
/// - Throws: What the body throws, or that the program is not there.
@discardableResult
func withProcess<Result: Sendable>(
    _ program: String, _ arguments: [String], log: String, body: (ChildProcess) async throws -> Result
) async throws -> (result: Result, status: TerminationStatus) {
    let executable: Executable = program.hasPrefix("/") ? .path(FilePath(program)) : .name(program)
    let output = try FileDescriptor.open(
        FilePath(log), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
    let outcome = try await run(
        executable, arguments: Arguments(arguments), input: .none,
        output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .combinedWithOutput
    ) { execution in
        let process = ChildProcess(id: execution.processIdentifier.value, log: log)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(process)) } catch { result = .failure(error) }
        await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(30))])
        return result
    }
    return (try outcome.closureResult.get(), outcome.terminationStatus)
}
