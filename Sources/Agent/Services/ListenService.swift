internal import History
internal import ServiceLifecycle

/// Hears what other programs do to the database, and rings.
///
/// Everything works without it, only later: nothing is logged when it cannot listen, for the database's own service
/// says why.
struct ListenService: Service {
    let listener: Listener
    let database: DatabaseService
    /// Rung when there is something new to read or to do.
    let changes: Doorbell
    /// Rung when the leader has resigned.
    let handover: Doorbell
    let instruments: HistoryCollector

    func run() async throws {
        await cancelWhenGracefulShutdown { await listen() }
        await listener.close()
    }

    private func listen() async {
        while !Task.isCancelled {
            guard database.isReady else {
                changes.attend(false)
                try? await Task.sleep(for: .milliseconds(100))
                continue
            }
            do throws(HistoryError) {
                let notices = try await listener.next()
                changes.attend(true)
                for notice in notices { instruments.heard(notice) }
                if notices.contains(.leadership) { handover.ring() }
                if notices != [.leadership] { changes.ring() }
            } catch {
                changes.attend(false)
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
