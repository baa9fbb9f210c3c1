/// What a season's matches must satisfy together.
public struct SeasonAudit: Hashable, Sendable {
    /// A rule for a whole season; its raw value is a metric label.
    public enum Rule: String, CaseIterable, Sendable {
        /// As many teams as the league had, where that is known; elsewhere an even number.
        case teams
        /// As many matches as that many teams play.
        case matches
        /// Each team meets each other once at home and once away.
        case pairs
        /// Every team has played equally often, and wins and goals for equal losses and goals against.
        case table
    }

    /// A rule that a season breaks.
    public struct Finding: Hashable, Sendable {
        /// The season.
        public let season: Season
        /// The rule.
        public let rule: Rule
        /// What is wrong, in one line.
        public let detail: String
    }

    /// What was found, rule by rule.
    public let findings: [Finding]

    /// Examines the matches of one division's finished season.
    ///
    /// The Premier League's size is known; of another division what played is taken for it. Where more was played than
    /// each against each twice, as in leagues that split in spring, nothing is due that could be missing.
    public init(_ matches: [Match], season: Season) {
        let teams = Set(matches.flatMap { [$0.fixture.key.home, $0.fixture.key.away] }).sorted()
        let expected = SeasonAudit.size(of: matches.first?.fixture.key.division, season) ?? (teams.count + 1) / 2 * 2
        var findings: [Finding] = []
        func find(_ rule: Rule, _ detail: String) {
            findings.append(Finding(season: season, rule: rule, detail: detail))
        }
        if teams.count != expected { find(.teams, "\(teams.count) teams instead of \(expected)") }
        let due = expected * (expected - 1)
        let goesOn = SeasonAudit.size(of: matches.first?.fixture.key.division, season) == nil && matches.count > due
        if matches.count != due, !goesOn { find(.matches, "\(matches.count) matches instead of \(due)") }
        let meetings = Dictionary(grouping: matches) { [$0.fixture.key.home, $0.fixture.key.away] }.mapValues(\.count)
        for home in teams where !goesOn {
            for away in teams where home != away {
                let count = meetings[[home, away]] ?? 0
                if count != 1 { find(.pairs, "\(home) v \(away) \(count) times") }
            }
        }
        let table = LeagueTable(matches)
        for row in table.rows where row.played != 2 * (teams.count - 1) && !goesOn {
            find(.table, "\(row.team) played \(row.played) times instead of \(2 * (teams.count - 1))")
        }
        let sums = table.rows.reduce(into: (won: 0, lost: 0, scored: 0, conceded: 0)) { sums, row in
            sums.won += row.won
            sums.lost += row.lost
            sums.scored += row.scored
            sums.conceded += row.conceded
        }
        if sums.won != sums.lost || sums.scored != sums.conceded {
            find(.table, "\(sums.won) wins for \(sums.lost) losses, \(sums.scored) goals for \(sums.conceded) conceded")
        }
        self.findings = findings
    }

    /// How many teams a division had; nil where that is not known.
    private static func size(of division: String?, _ season: Season) -> Int? {
        // The league was cut from 22 to 20 clubs in 1995.
        division == "E0" ? season.startYear < 1995 ? 22 : 20 : nil
    }
}

/// A league's standings from its results: three points for a win, one for a draw.
public struct LeagueTable: Hashable, Sendable {
    /// One team's standing.
    public struct Row: Hashable, Sendable {
        /// The team's canonical name.
        public let team: String
        /// Matches played.
        public fileprivate(set) var played = 0
        /// Matches won.
        public fileprivate(set) var won = 0
        /// Matches drawn.
        public fileprivate(set) var drawn = 0
        /// Matches lost.
        public fileprivate(set) var lost = 0
        /// Goals scored.
        public fileprivate(set) var scored = 0
        /// Goals conceded.
        public fileprivate(set) var conceded = 0

        /// Three for each win and one for each draw.
        public var points: Int { 3 * won + drawn }
    }

    /// The standings: by points, goal difference, goals scored, then name.
    public let rows: [Row]

    /// Adds matches up; deductions by the league are not in any feed.
    public init(_ matches: [Match]) {
        var rows: [String: Row] = [:]
        for match in matches {
            let key = match.fixture.key
            let goals = match.result.goals
            for (team, scored, conceded) in [(key.home, goals.home, goals.away), (key.away, goals.away, goals.home)] {
                var row = rows[team] ?? Row(team: team)
                row.played += 1
                row.scored += scored
                row.conceded += conceded
                if scored > conceded {
                    row.won += 1
                } else if scored < conceded {
                    row.lost += 1
                } else {
                    row.drawn += 1
                }
                rows[team] = row
            }
        }
        self.rows = rows.values.sorted { one, other in
            (-one.points, other.scored - other.conceded - (one.scored - one.conceded), -one.scored, one.team)
                < (-other.points, 0, -other.scored, other.team)
        }
    }
}
