import Agent
import FoundationEssentials
import Synchronization

/// A league's clock that goes on only when it is told to, so that a busy machine makes a replay slower and not wrong.
final class SteppedClock: Sendable {
    /// What the agent is given; a day of the league is two fifths of a second on the wall.
    let league: LeagueClock
    private let hand: Hand

    private final class Hand: Sendable {
        let gone = Mutex<TimeInterval>(0)
    }

    init(start: Date) {
        let speed = 216_000.0
        let wallStart = Date()
        let hand = Hand()
        self.hand = hand
        league = LeagueClock(
            wallNow: { wallStart.addingTimeInterval(hand.gone.withLock { $0 } / speed) }, wallStart: wallStart,
            leagueStart: start, speed: speed)
    }

    /// Goes on by a span of league seconds, and returns the instant reached.
    func advance(by seconds: TimeInterval) -> Date {
        hand.gone.withLock { $0 += seconds }
        return league.now
    }
}
