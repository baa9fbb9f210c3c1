internal import FoundationEssentials
internal import Synchronization

/// The instant that a replay is at: the wall clock of everything that it plays.
final class ReplayedInstant: Sendable {
    private let stored: Mutex<Date>

    init(_ start: Date) {
        stored = Mutex(start)
    }

    var now: Date { stored.withLock { $0 } }

    func advance(to instant: Date) { stored.withLock { $0 = instant } }

    /// A clock that shows this instant, to the league and to Prometheus alike.
    var clock: LeagueClock {
        let epoch = Date(timeIntervalSince1970: 0)
        return LeagueClock(wallNow: { self.now }, wallStart: epoch, leagueStart: epoch, speed: 1)
    }
}
