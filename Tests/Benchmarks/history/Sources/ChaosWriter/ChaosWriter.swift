import FoundationEssentials
import Glibc
import History

/// Writes numbered facts for as long as it lives, and notes on files which it offered and which were acknowledged.
///
/// usage: ChaosWriter <connection string> <folder> <first number>
@main struct ChaosWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let folder = arguments[2]
        let first = Int(arguments[3]) ?? 0
        let spool = Spool(stateDirectory: folder)
        let history = History(
            DatabaseSettings(connectionString: arguments[1], lockTimeout: .seconds(1), statementTimeout: .seconds(3)),
            spool: spool)
        let offered = open(folder + "/offered", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let acknowledged = open(folder + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        try await spool.open()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    _ = try? await history.replay()
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            for writer in 0..<4 {
                group.addTask {
                    var number = first + writer
                    while true {
                        note(number, on: offered)
                        let now = Date()
                        let run = JobRun(job: "chaos", startedAt: now, finishedAt: now, itemsIn: number, term: nil)
                        if (try? await history.record(run)) != nil { note(number, on: acknowledged) }
                        number += 4
                        try? await Task.sleep(for: .milliseconds(10))
                    }
                }
            }
        }
    }

    private static func note(_ number: Int, on descriptor: Int32) {
        let line = Array("\(number)\n".utf8)
        _ = write(descriptor, line, line.count)
    }
}
