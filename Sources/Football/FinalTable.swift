/// A season's table: points, goal difference, goals.
struct FinalTable: Sendable {
    /// How many teams a league loses and gains between two seasons.
    static let relegatedTeams = 3

    private struct Line {
        var points = 0
        var difference = 0
        var goals = 0
    }

    private var lines: [String: Line] = [:]

    /// Everyone who has played.
    var teams: Set<String> { Set(lines.keys) }

    /// The last three, or all if there are no more.
    var relegated: [String] {
        let ordered = lines.sorted { left, right in
            let (a, b) = (left.value, right.value)
            // The name decides between equals, so that the order does not depend on the dictionary's.
            return (a.points, a.difference, a.goals, right.key) < (b.points, b.difference, b.goals, left.key)
        }
        return ordered.prefix(FinalTable.relegatedTeams).map(\.key)
    }

    mutating func add(_ match: Match) {
        let goals = match.result.goals
        add(match.fixture.key.home, scored: goals.home, conceded: goals.away)
        add(match.fixture.key.away, scored: goals.away, conceded: goals.home)
    }

    private mutating func add(_ team: String, scored: Int, conceded: Int) {
        var line = lines[team] ?? Line()
        line.points += scored > conceded ? 3 : scored == conceded ? 1 : 0
        line.difference += scored - conceded
        line.goals += scored
        lines[team] = line
    }
}
