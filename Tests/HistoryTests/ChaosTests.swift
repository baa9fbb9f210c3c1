import FoundationEssentials
import Glibc
import History
import Synchronization
import Testing

/// A short run of what `Tests/Benchmarks/history/chaos.py` does for longer, and with a disk that fills up.
struct ChaosTests {
    /// What is done to the server, or to the process that writes.
    private enum Fault: CaseIterable {
        case killed, stopped, restarted, frozen, socketRemoved, connectionsCut, tableLocked, writerKilled
    }

    /// What was offered, and what was acknowledged.
    private final class Ledger: Sendable {
        let offered = Mutex<Set<Int>>([])
        let acknowledged = Mutex<Set<Int>>([])
    }

    @Test(.timeLimit(.minutes(3)))
    func `faults of every kind while facts are written lose none and double none`() async throws {
        try await withStateDirectory { state in
            let cluster = PrivateCluster(stateDirectory: state)
            try await cluster.start()
            let settings = DatabaseSettings(
                connectionString: cluster.connectionString, lockTimeout: .milliseconds(500),
                statementTimeout: .seconds(2))
            let observer = History(settings)
            _ = try await observer.migrate()
            let ledger = Ledger()
            var faults = Fault.allCases.shuffled()
            var lives = 0
            while !faults.isEmpty {
                // A life of the process that writes: its spool is left as a crash leaves it.
                lives += 1
                let history = History(settings, spool: Spool(stateDirectory: state + "/writer"))
                try await writing(history, cluster, ledger, from: lives * 1_000_000) {
                    while let fault = faults.popLast() {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 200...600)))
                        if fault == .writerKilled { return }
                        await strike(fault, cluster, state, observer)
                    }
                    try await Task.sleep(for: .milliseconds(300))
                }
                await history.close()
            }
            let spool = Spool(stateDirectory: state + "/writer")
            let history = History(settings, spool: spool)
            let deadline = ContinuousClock.now + .seconds(60)
            repeat {
                try? await cluster.start()
                _ = try? await history.replay()
            } while spool.standing.pending > 0 && ContinuousClock.now < deadline

            let kept = try await history.run { session throws(HistoryError) in
                try session.execute("select items_in from job_runs").map { row throws(HistoryError) in
                    try row.next(Int.self)
                }
            }
            #expect(spool.standing.pending == 0 && spool.standing.refused == 0)
            #expect(Set(kept).count == kept.count, "doubled")
            let (offered, acknowledged) = (ledger.offered.withLock { $0 }, ledger.acknowledged.withLock { $0 })
            #expect(acknowledged.subtracting(kept).isEmpty, "lost")
            #expect(Set(kept).subtracting(offered).isEmpty)
            #expect(acknowledged.count > 20)
            #expect(try await history.value("select count(*) from kept_facts where late") ?? 0 > 0)
        }
    }

    /// Writes facts from four sides, keeps the server up and replays, for as long as the body takes.
    private func writing(
        _ history: History, _ cluster: PrivateCluster, _ ledger: Ledger, from first: Int,
        _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for side in 0..<4 {
                group.addTask {
                    var number = first + side
                    while !Task.isCancelled {
                        ledger.offered.withLock { _ = $0.insert(number) }
                        let run = JobRun(job: "chaos", startedAt: newYear, finishedAt: newYear, itemsIn: number)
                        if (try? await history.record(run)) != nil {
                            ledger.acknowledged.withLock { _ = $0.insert(number) }
                        }
                        number += 4
                        try await Task.sleep(for: .milliseconds(5))
                    }
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await cluster.start()
                    _ = try? await history.replay()
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
            try await body()
            group.cancelAll()
        }
    }

    private func strike(_ fault: Fault, _ cluster: PrivateCluster, _ state: String, _ observer: History) async {
        guard let server = server(of: state) else { return }
        switch fault {
        case .killed: kill(server, SIGKILL)
        case .stopped: kill(server, SIGQUIT)
        case .restarted: kill(server, SIGINT)
        case .frozen:
            kill(server, SIGSTOP)
            try? await Task.sleep(for: .seconds(1))
            kill(server, SIGCONT)
        case .socketRemoved:
            unlink("\(state)/run/.s.PGSQL.5432")
            try? await observer.cutConnections()
            try? await Task.sleep(for: .milliseconds(300))
            // Nobody can reach it any more: an operator, or the agent, restarts it.
            kill(server, SIGINT)
        case .connectionsCut: try? await observer.cutConnections()
        case .tableLocked:
            try? await observer.run { session throws(HistoryError) in
                try session.transaction { () throws(HistoryError) in
                    try session.execute("lock table job_runs in access exclusive mode")
                    try session.execute("select pg_sleep(1.5)")
                }
            }
        case .writerKilled: break
        }
    }
}

extension History {
    fileprivate func cutConnections() async throws {
        try await execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where pid <> pg_backend_pid() and backend_type = 'client backend'
            """)
    }
}
