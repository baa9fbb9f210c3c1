import Football

/// The columns of `matches` that hold a result, in the order in which ``StagedFact`` writes them.
let resultColumns =
    ["home_goals", "away_goals", "half_time_home_goals", "half_time_away_goals"]
    + Statistic.allCases.flatMap { ["home_\($0.rawValue)", "away_\($0.rawValue)"] }

/// A match or a fixture on its way into the database.
struct StagedFact {
    let position: Int
    let fixture: Fixture
    let result: MatchResult?

    /// An ingest's facts, each match once: a result counts more than an announcement, and of two alike the later.
    static func all(of ingest: Ingest) -> [StagedFact] {
        let facts = ingest.fixtures.map { ($0, nil) } + ingest.matches.map { ($0.fixture, $0.result) }
        var last: [MatchKey: Int] = [:]
        for (index, fact) in facts.enumerated() { last[fact.0.key] = index }
        return facts.enumerated().compactMap { index, fact in
            guard last[fact.0.key] == index else { return nil }
            // The place among the file's matches must not depend on the fixtures that came with them.
            let position = fact.1 == nil ? ingest.matches.count + index : index - ingest.fixtures.count
            return StagedFact(position: position, fixture: fact.0, result: fact.1)
        }
    }

    /// A row of `staged_facts`.
    var row: [(any WireValue)?] {
        let key = fixture.key
        let identity: [(any WireValue)?] = [
            position, result != nil, key.division, key.season.startYear, key.home, key.away, fixture.day,
            fixture.kickOff,
        ]
        let goals: [(any WireValue)?] = [
            result?.goals.home, result?.goals.away, result?.halfTimeGoals?.home, result?.halfTimeGoals?.away,
        ]
        return identity + goals
            + Statistic.allCases.flatMap { statistic -> [(any WireValue)?] in
                [result?.statistics[statistic]?.home, result?.statistics[statistic]?.away]
            }
    }

    /// Rows of `staged_odds`.
    var odds: [[(any WireValue)?]] {
        fixture.odds.map { quote, odds in
            [position, quote.bookmaker.rawValue, quote.closing, odds.home, odds.draw, odds.away]
        }
    }
}
