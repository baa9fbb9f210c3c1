import FoundationEssentials

/// A record under its header: values by meaning, each read under the rule that it must satisfy.
struct FeedRow {
    let record: Record
    let columns: FeedColumns
    let teams: TeamTable

    /// Whether the division can be trusted although the row's shape was not checked: a field follows it.
    var isCertainOfDivision: Bool {
        guard let column = columns.division, record.misquoted == nil else { return false }
        return column + 1 < record.fields.count && !record.fields[column].isEmpty
    }

    /// The field in a column; empty if the header lacks it or the row ends before it.
    subscript(column: Int?) -> Field {
        guard let column, column < record.fields.count else { return Field(start: record.text.start, count: 0) }
        return record.fields[column]
    }

    /// Checks that the row has a field for each named column; reading odds and statistics relies on it.
    func checkShape() throws(BrokenRule) {
        if let misquoted = record.misquoted { throw BrokenRule(.quoting, misquoted) }
        if record.cut || record.fields.count < columns.count {
            throw BrokenRule(.fieldCount, "\(record.fields.count) of \(columns.count)".utf8)
        }
        if record.fields.count > columns.count,
            let stray = record.fields[columns.count...].first(where: { !$0.isEmpty })
        {
            throw BrokenRule(.fieldCount, stray)
        }
    }

    /// The day, `dd/mm/yy` or `dd/mm/yyyy`; two-digit years from 93 are of the last century.
    func day() throws(BrokenRule) -> Day {
        let value = self[columns.date]
        let parts = value.split(at: UInt8(ascii: "/"))
        guard let parts, (1...2).contains(parts.first.count), (1...2).contains(parts.second.count),
            let day = parts.first.wholeNumber, let month = parts.second.wholeNumber, var year = parts.rest.wholeNumber
        else { throw BrokenRule(.date, value) }
        switch parts.rest.count {
        case 2: year += year >= 93 ? 1900 : 2000
        case 4: break
        default: throw BrokenRule(.date, value)
        }
        guard let date = Day(year: year, month: month, day: day) else { throw BrokenRule(.date, value) }
        return date
    }

    /// The kick-off on that day from a UK clock, `hh:mm`; nil where the feed gives no time.
    func kickOff(on day: Day) throws(BrokenRule) -> Date? {
        let value = self[columns.time]
        if value.isEmpty { return nil }
        guard (4...5).contains(value.count), value.start[value.count - 3] == UInt8(ascii: ":"),
            let hour = Field(start: value.start, count: value.count - 3).wholeNumber,
            let minute = Field(start: value.start + value.count - 2, count: 2).wholeNumber, hour < 24, minute < 60
        else { throw BrokenRule(.time, value) }
        return day.london(hour: hour, minute: minute)
    }

    /// Who meets whom on a day of a season.
    func claim(season: Season, day: Day) throws(BrokenRule) -> MatchClaim {
        let home = try teams.number(self[columns.home])
        let away = try teams.number(self[columns.away])
        guard home != away else { throw BrokenRule(.sameTeam, self[columns.home]) }
        return MatchClaim(home: home, away: away, season: season, day: day)
    }

    /// What identifies the match of a claim.
    func key(_ claim: MatchClaim, division: String) -> MatchKey {
        MatchKey(
            division: division, season: claim.season, home: teams.name(claim.home), away: teams.name(claim.away))
    }

    /// Both sides' counts under that rule; nil if both columns are empty or the header has not both.
    func counts(_ columns: Sides<Int>?, upTo limit: Int, rule: RowRule) throws(BrokenRule) -> Sides<Int>? {
        let home = self[columns?.home]
        let away = self[columns?.away]
        if home.isEmpty && away.isEmpty { return nil }
        return Sides(home: try count(home, upTo: limit, rule), away: try count(away, upTo: limit, rule))
    }

    /// The match statistics that are known of both sides.
    func statistics() throws(BrokenRule) -> [Statistic: Sides<Int>] {
        try withUnsafeTemporaryAllocation(of: Sides<Int>?.self, capacity: columns.statistics.count) {
            (values) throws(BrokenRule) in
            var isComplete = true
            for (place, (statistic, columns)) in columns.statistics.enumerated() {
                let home = record.fields[columns[0]]
                let away = record.fields[columns[1]]
                let first = home.isEmpty ? nil : try count(home, upTo: statistic.limit, .statistics)
                let second = away.isEmpty ? nil : try count(away, upTo: statistic.limit, .statistics)
                var sides: Sides<Int>?
                if let first, let second { sides = Sides(home: first, away: second) } else { isComplete = false }
                values.initializeElement(at: place, to: sides)
            }
            // mapValues keeps the layout of the places, so that a complete row hashes nothing.
            let nothing = Sides(home: 0, away: 0)
            if isComplete { return columns.statisticPlaces.mapValues { values[$0] ?? nothing } }
            return columns.statisticPlaces.compactMapValues { values[$0] }
        }
    }

    private func count(_ value: Field, upTo limit: Int, _ rule: RowRule) throws(BrokenRule) -> Int {
        guard let count = value.wholeNumber, count <= limit else { throw BrokenRule(rule, value) }
        return count
    }
}

extension FeedRow {
    /// The quotes that are complete; one with an empty value is absent, one with an impossible value breaks a rule.
    func odds() throws(BrokenRule) -> [Quote: Odds] {
        try withUnsafeTemporaryAllocation(of: Odds?.self, capacity: columns.quotes.count) {
            (values) throws(BrokenRule) in
            var isComplete = true
            for (place, (quote, columns)) in columns.quotes.enumerated() {
                let odds = try odds(in: columns, of: quote)
                if odds == nil { isComplete = false }
                values.initializeElement(at: place, to: odds)
            }
            let nothing = Odds(home: 0, draw: 0, away: 0)
            if isComplete { return columns.quotePlaces.mapValues { values[$0] ?? nothing } }
            return columns.quotePlaces.compactMapValues { values[$0] }
        }
    }

    private func odds(in columns: [Int], of quote: Quote) throws(BrokenRule) -> Odds? {
        let home = try price(columns[0])
        let draw = try price(columns[1])
        let away = try price(columns[2])
        guard home > 0, draw > 0, away > 0 else { return nil }
        let odds = Odds(home: home, draw: draw, away: away)
        guard quote.bookmaker.overrounds.contains(odds.overround) else {
            throw BrokenRule(.overround, "\((odds.overround * 1_000).rounded() / 1_000)".utf8)
        }
        return odds
    }

    /// A price above 1; 0 where there is none.
    @inline(__always)
    private func price(_ column: Int) throws(BrokenRule) -> Double {
        let field = record.fields[column]
        if field.isEmpty { return 0 }
        guard let value = field.decimal, value > 1 else { throw BrokenRule(.odds, field) }
        return value
    }
}

extension Bookmaker {
    /// The margins that are plausible; 19 Premier League seasons have 0.0005 to 0.167, and -0.167 to 0.017 for the
    /// highest odds across bookmakers, which nobody offers all at once.
    var overrounds: ClosedRange<Double> { self == .maximum ? -0.3...0.3 : -0.02...0.3 }
}

extension Statistic {
    /// Above this a count is a typing error: more than twice the highest in 19 Premier League seasons.
    fileprivate var limit: Int {
        switch self {
        case .shots, .shotsOnTarget, .fouls: 100
        case .corners: 50
        case .yellowCards: 30
        case .redCards: 11
        }
    }
}

extension Field {
    /// The three parts that two separators make; nil unless there are exactly two.
    fileprivate func split(at separator: UInt8) -> (first: Field, second: Field, rest: Field)? {
        var places: (Int, Int) = (-1, -1)
        var found = 0
        for offset in 0..<count where start[offset] == separator {
            if found == 0 { places.0 = offset } else { places.1 = offset }
            found += 1
        }
        guard found == 2 else { return nil }
        return (
            Field(start: start, count: places.0),
            Field(from: start + places.0 + 1, to: start + places.1),
            Field(from: start + places.1 + 1, to: start + count)
        )
    }
}
