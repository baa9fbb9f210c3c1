public import FoundationEssentials

/// The time the league lives in: the wall clock's, unless a demo or a replay plays it faster.
///
/// Everything the agent decides or stores is in league time. What Prometheus reads is turned back into wall time by
/// ``wall(_:)``, so that `time() - x` in an alert means what it says at any speed.
public struct LeagueClock: Sendable {
    private let wallNow: @Sendable () -> Date
    private let wallStart: Date
    private let leagueStart: Date
    /// League seconds that pass in one wall second.
    public let speed: Double

    /// The wall clock.
    public init() {
        let epoch = Date(timeIntervalSince1970: 0)
        self.init(wallNow: { Date() }, wallStart: epoch, leagueStart: epoch, speed: 1)
    }

    /// A league that is at `leagueStart` when the wall clock shows `wallStart`, and runs `speed` times as fast.
    public init(
        wallNow: @escaping @Sendable () -> Date = { Date() }, wallStart: Date, leagueStart: Date, speed: Double
    ) {
        self.wallNow = wallNow
        self.wallStart = wallStart
        self.leagueStart = leagueStart
        self.speed = speed
    }

    /// The league's present instant.
    public var now: Date { leagueStart.addingTimeInterval(wallNow().timeIntervalSince(wallStart) * speed) }

    /// The wall instant at which the league is, was or will be at `instant`.
    public func wall(_ instant: Date) -> Date {
        wallStart.addingTimeInterval(instant.timeIntervalSince(leagueStart) / speed)
    }

    /// How long the wall clock takes for a span of league time.
    public func wall(_ seconds: TimeInterval) -> Duration { .seconds(seconds / speed) }
}
