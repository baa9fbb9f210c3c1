import Clibpq
import FoundationEssentials
import Subprocess
import SystemPackage

/// Runs `pg_dump` and `pg_restore` on a database.
struct DumpPrograms: Sendable {
    private let directory: String
    private let database: String
    private let password: String?

    /// Finds the programs, those of the server's own version first.
    init(_ connectionString: String, binaries: String?) async throws(HistoryError) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        directory = try await ServerPrograms.find(in: binaries, path: path, matching: nil).directory
        (database, password) = try DumpPrograms.withoutPassword(connectionString)
    }

    func dump(to file: String, snapshot: String) async throws(HistoryError) {
        try await run("pg_dump", ["--format=custom", "--no-password", "--snapshot=\(snapshot)", "--file=\(file)"])
    }

    func restore(_ file: String) async throws(HistoryError) {
        try await run(
            "pg_restore",
            ["--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction", file])
    }

    private func run(_ program: String, _ arguments: [String]) async throws(HistoryError) {
        var environment = ["LC_ALL": "C"]
        if let password { environment["PGPASSWORD"] = password }
        let overrides = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
        let output: String
        do {
            let result = try await Subprocess.run(
                .path(FilePath(directory + "/" + program)), arguments: Arguments(["--dbname=\(database)"] + arguments),
                environment: .inherit.updating(overrides), workingDirectory: "/", output: .string(limit: 1 << 20),
                error: .combinedWithOutput)
            if result.terminationStatus.isSuccess { return }
            output = result.standardOutput
        } catch {
            throw .backup(action: "run \(program)", message: HistoryError.oneLine("\(error)"))
        }
        throw .backup(action: "run \(program)", message: HistoryError.oneLine(output))
    }

    /// A connection string and the password that it held, which must not stand among a program's arguments.
    private static func withoutPassword(_ text: String) throws(HistoryError) -> (String, String?) {
        guard text.contains("=") || text.contains("://") else { return (text, nil) }
        guard let options = PQconninfoParse(text, nil) else { throw .invalidConnectionString }
        defer { PQconninfoFree(options) }
        var pairs: [String] = []
        var password: String?
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val.map({ String(cString: $0) }) {
                let keyword = String(cString: keyword)
                if keyword == "password" {
                    password = value
                } else {
                    let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
                    pairs.append("\(keyword)='\(quoted)'")
                }
            }
            option += 1
        }
        return (pairs.joined(separator: " "), password)
    }
}
