import Football

/// When a simulated season's rounds are played, and who meets whom in each.
struct SeasonCalendar {
    /// A pairing of team indices with its day and UK clock time.
    struct Appointment {
        let home: Int
        let away: Int
        let day: Day
        let hour: Int
        let minute: Int
    }

    /// Every appointment, round by round, sorted by time within a round.
    let appointments: [Appointment]

    /// Draws the calendar of a double round robin for an even number of teams; each pair meets once at each ground.
    init(_ season: Season, teams: Int, seed: UInt64) {
        var stream = RandomStream(seed: seed, 3, season.startYear)
        let order = Array(0..<teams).shuffled(using: &stream)
        let firstHalf = SeasonCalendar.roundRobin(order)
        let rounds = firstHalf + firstHalf.map { $0.map { ($0.1, $0.0) } }
        appointments = zip(rounds, SeasonCalendar.saturdays(season, count: rounds.count)).flatMap { pairs, saturday in
            zip(pairs.shuffled(using: &stream), SeasonCalendar.slots).map { pair, slot in
                Appointment(
                    home: pair.0, away: pair.1, day: saturday.advanced(by: slot.day),
                    hour: slot.hour, minute: slot.minute
                )
            }
        }
    }

    /// A round's ten kick-offs; day 0 is its Saturday.
    private static let slots: [(day: Int, hour: Int, minute: Int)] =
        [(0, 12, 30)] + Array(repeating: (0, 15, 0), count: 5) + [(0, 17, 30), (1, 14, 0), (1, 14, 0), (1, 16, 30)]

    /// Weekends without a round, counted from the first: the breaks for national teams.
    private static let breaks: Set<Int> = [3, 8, 13]

    /// The rounds' Saturdays, one a week but for the breaks, from the first on or after 10 August.
    private static func saturdays(_ season: Season, count: Int) -> [Day] {
        let earliest = season.firstDay.advanced(by: 9)
        let first = earliest.advanced(by: (5 - earliest.weekday + 7) % 7)
        return (0..<(count + breaks.count)).filter { !breaks.contains($0) }.map { first.advanced(by: 7 * $0) }
    }

    /// Single round robin by the circle method: the first stays, the others turn; venues alternate.
    private static func roundRobin(_ teams: [Int]) -> [[(Int, Int)]] {
        let turning = teams.count - 1
        return (0..<turning).map { round in
            (0..<(teams.count / 2)).map { place in
                let one = place == 0 ? teams[0] : teams[1 + (round + place) % turning]
                let other = teams[1 + (round + turning - place) % turning]
                let oneIsHome = place == 0 ? round.isMultiple(of: 2) : place.isMultiple(of: 2)
                return oneIsHome ? (one, other) : (other, one)
            }
        }
    }
}
