import Agent
import Football
import FoundationEssentials

/// What happened in a journey, when in the league's time and when on the wall's clock.
struct Timeline {
    private let began = ContinuousClock.now
    private let clock: SteppedClock
    private var lines: [String] = []

    init(_ clock: SteppedClock) {
        self.clock = clock
    }

    /// Notes what has just happened, or what happened at an instant of the league.
    mutating func note(_ what: String, at instant: Date? = nil) {
        let instant = instant ?? clock.league.now
        let day = Day(containing: instant)
        let minutes = Int(instant.timeIntervalSince(day.start) / 60)
        let time = [minutes / 60, minutes % 60].map { "\($0 < 10 ? "0" : "")\($0)" }.joined(separator: ":")
        let tenths = Int((ContinuousClock.now - began) / .milliseconds(100))
        lines.append("\(day) \(time)  \(tenths / 10).\(tenths % 10) s  \(what)")
        print("journey: \(lines.last ?? "")")
    }
}
