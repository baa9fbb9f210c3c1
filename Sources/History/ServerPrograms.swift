import FoundationEssentials
import Subprocess
import SystemPackage

/// PostgreSQL's server programs: where they are, and which major version they are of.
package struct ServerPrograms: Sendable, Hashable {
    package let directory: String
    package let major: String

    /// Names the programs of a directory.
    package init(directory: String, major: String) {
        self.directory = directory
        self.major = major
    }

    /// Finds programs: those of the data's version if there are any, else the newest.
    ///
    /// Searches the given directory alone, or Debian's directories and then `PATH`.
    package static func find(in directory: String?, path: String, matching data: String?) async throws(HistoryError)
        -> ServerPrograms
    {
        let candidates = directory.map { [$0] } ?? debianDirectories() + path.split(separator: ":").map(String.init)
        var found: [ServerPrograms] = []
        for candidate in candidates where FileManager.default.isExecutableFile(atPath: candidate + "/initdb") {
            guard let major = await major(of: candidate) else { continue }
            let programs = ServerPrograms(directory: candidate, major: major)
            if data == nil || data == major { return programs }
            found.append(programs)
        }
        guard let newest = found.first else {
            throw .noServerBinaries(searched: directory.map { [$0] } ?? ["\(debian)/*/bin", "PATH"])
        }
        return newest
    }

    private static let debian = "/usr/lib/postgresql"

    private static func debianDirectories() -> [String] {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        return versions.compactMap(Int.init).sorted(by: >).map { "\(debian)/\($0)/bin" }
    }

    /// Asks `postgres --version`, which answers `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`.
    private static func major(of directory: String) async -> String? {
        let answer = try? await Subprocess.run(
            .path(FilePath(directory + "/postgres")), arguments: ["--version"], environment: .custom(["LC_ALL": "C"]),
            workingDirectory: "/", output: .string(limit: 4096))
        let version = answer?.standardOutput.split(separator: " ").dropFirst(2).first
        return version?.prefix { $0.isNumber }.description
    }

    /// Runs a program to its end as the server's user, and throws what it said if it failed.
    package func run(_ program: String, _ arguments: [String], as user: ServerUser) async throws(HistoryError) {
        let output: String
        let command = user.command(directory + "/" + program, arguments)
        do {
            let result = try await Subprocess.run(
                .path(FilePath(command.program)), arguments: Arguments(command.arguments),
                environment: .custom(["LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"]), workingDirectory: "/",
                output: .string(limit: 1 << 20), error: .combinedWithOutput)
            if result.terminationStatus.isSuccess { return }
            output = result.standardOutput
        } catch {
            throw .cluster(action: "run \(program)", message: HistoryError.oneLine("\(error)"))
        }
        let complaints = output.split(separator: "\n").filter { $0.contains("error:") || $0.contains("FATAL") }
        throw .cluster(
            action: "run \(program)",
            message: HistoryError.oneLine(complaints.isEmpty ? output : complaints.joined(separator: "; ")))
    }
}
