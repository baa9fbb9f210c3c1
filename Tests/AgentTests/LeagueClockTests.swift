import FoundationEssentials
import Testing

@testable import Agent

struct LeagueClockTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let league = Date(timeIntervalSince1970: 1_000_000_000)

    @Test func `the ordinary league lives in wall time`() {
        let clock = LeagueClock()
        let before = Date()
        let now = clock.now
        // A double holds an instant of today to less than a microsecond.
        #expect(now.timeIntervalSince(before) > -1e-6 && Date().timeIntervalSince(now) > -1e-6)
        #expect(clock.wall(start) == start)
        #expect(clock.wall(90) == .seconds(90))
        #expect(clock.speed == 1)
    }

    @Test func `a played league runs as much faster as it is told`() {
        let clock = LeagueClock(
            wallNow: { [start] in start.addingTimeInterval(20) }, wallStart: start, leagueStart: league, speed: 30_240)
        #expect(clock.now == league.addingTimeInterval(7 * 86_400))
        #expect(clock.wall(604_800) == .seconds(20))
    }

    @Test func `an instant of the league is turned back into the wall's`() {
        let clock = LeagueClock(wallNow: { [start] in start }, wallStart: start, leagueStart: league, speed: 1_000)
        #expect(clock.now == league)
        #expect(clock.wall(league) == start)
        #expect(clock.wall(league.addingTimeInterval(5_000)) == start.addingTimeInterval(5))
        #expect(clock.wall(league.addingTimeInterval(-5_000)) == start.addingTimeInterval(-5))
    }
}
