import FoundationEssentials
import Glibc
import Subprocess
import TestSupport
import Testing

extension UntimedJourneys {
    /// A backfill that is not allowed to end.
    struct StoppedBackfillTests {
        @Test(.timeLimit(.minutes(4)))
        func `a backfill that is stopped leaves nothing, and removes what one that was killed left`() async throws {
            try await withFolder { folder in
                let killed = try await withBackfill(in: folder) { $0.send(SIGKILL) }
                #expect(killed.status == .signaled(SIGKILL))
                #expect(FileManager.default.fileExists(atPath: killed.result))
                let stopped = try await withBackfill(in: folder) { $0.send(SIGINT) }
                #expect(stopped.status == .exited(1))
                for place in [killed.result, stopped.result] {
                    #expect(!FileManager.default.fileExists(atPath: place))
                    #expect(Leftovers.processes(namedFor: place, besidesPostgreSQL: false).isEmpty)
                }
                let said = try String(contentsOfFile: "\(folder)/backfill.log", encoding: .utf8)
                #expect(said == "touchline: stopped by a signal before the end\n")
            }
        }

        /// Runs a backfill until its database has the first matches, and then to its end.
        ///
        /// - Returns: The folder of its database, and how it ended.
        private func withBackfill(
            in folder: String, body: (ChildProcess) -> Void
        ) async throws -> (result: String, status: TerminationStatus) {
            try await withProcess(
                try Product.touchline,
                [
                    "backfill", "--data", try SharedData.path("football-data.co.uk/mmz4281"), "--from", "2023-07-01",
                    "--to", "2024-06-30", "--output", "\(folder)/season.om",
                ], log: "\(folder)/backfill.log"
            ) { process in
                let place = "/tmp/touchline-backfill-\(getuid())-\(process.id)"
                try await eventually("a server in \(place)") {
                    !Leftovers.processes(namedFor: place, besidesPostgreSQL: false).isEmpty
                        && FileManager.default.fileExists(atPath: "\(place)/postgresql/postmaster.pid")
                }
                body(process)
                try await eventually("the end of the backfill", within: .seconds(30)) {
                    process.isDone
                }
                return place
            }
        }
    }
}
