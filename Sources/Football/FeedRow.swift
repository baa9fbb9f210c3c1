import FoundationEssentials

/// A record under its header: values by name, each read under the rule that it must satisfy.
struct FeedRow {
    let record: Record
    let columns: FeedColumns

    /// Whether the division can be trusted although the row's shape was not checked: a field follows it.
    var isCertainOfDivision: Bool {
        guard let column = columns["Div"], record.misquoted == nil else { return false }
        return column + 1 < record.fields.count && !record.fields[column].isEmpty
    }

    /// The bytes in the column of that name; empty if the header lacks it or the row ends before it.
    subscript(name: String) -> ArraySlice<UInt8> {
        guard let column = columns[name], column < record.fields.count else { return [] }
        return record.fields[column]
    }

    /// Checks that the row has a field for each named column; reading odds and statistics relies on it.
    func checkShape() throws(BrokenRule) {
        if let misquoted = record.misquoted { throw BrokenRule(.quoting, misquoted) }
        if record.cut || record.fields.count < columns.count {
            throw BrokenRule(.fieldCount, "\(record.fields.count) of \(columns.count)".utf8)
        }
        if let stray = record.fields[columns.count...].first(where: { !$0.isEmpty }) {
            throw BrokenRule(.fieldCount, stray)
        }
    }

    /// The day, `dd/mm/yy` or `dd/mm/yyyy`; two-digit years from 93 are of the last century.
    func day() throws(BrokenRule) -> Day {
        let value = self["Date"]
        let parts = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
            let day = parts[0].wholeNumber, let month = parts[1].wholeNumber, var year = parts[2].wholeNumber
        else { throw BrokenRule(.date, value) }
        switch parts[2].count {
        case 2: year += year >= 93 ? 1900 : 2000
        case 4: break
        default: throw BrokenRule(.date, value)
        }
        guard let date = Day(year: year, month: month, day: day) else { throw BrokenRule(.date, value) }
        return date
    }

    /// The kick-off on that day from a UK clock, `hh:mm`; nil where the feed gives no time.
    func kickOff(on day: Day) throws(BrokenRule) -> Date? {
        let value = self["Time"]
        if value.isEmpty { return nil }
        let parts = value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            let hour = parts[0].wholeNumber, let minute = parts[1].wholeNumber, hour < 24, minute < 60
        else { throw BrokenRule(.time, value) }
        return day.london(hour: hour, minute: minute)
    }

    /// What identifies the match.
    func key(division: String, season: Season) throws(BrokenRule) -> MatchKey {
        let home = try team("HomeTeam")
        let away = try team("AwayTeam")
        guard home != away else { throw BrokenRule(.sameTeam, home.utf8) }
        return MatchKey(division: division, season: season, home: home, away: away)
    }

    /// The quotes that are complete; one with an empty value is absent, one with an impossible value breaks a rule.
    func odds() throws(BrokenRule) -> [Quote: Odds] {
        var odds: [Quote: Odds] = [:]
        for (quote, columns) in columns.quotes {
            var values: [Double] = []
            for column in columns where !record.fields[column].isEmpty {
                let field = record.fields[column]
                guard let value = field.decimal, value > 1 else { throw BrokenRule(.odds, field) }
                values.append(value)
            }
            guard values.count == 3 else { continue }
            odds[quote] = Odds(home: values[0], draw: values[1], away: values[2])
        }
        return odds
    }

    /// Both sides' counts under that rule; nil if both columns are empty or the header has neither.
    func counts(_ home: String, _ away: String, upTo limit: Int, rule: RowRule) throws(BrokenRule) -> Sides<Int>? {
        if self[home].isEmpty && self[away].isEmpty { return nil }
        return Sides(home: try count(self[home], upTo: limit, rule), away: try count(self[away], upTo: limit, rule))
    }

    /// The match statistics that are known of both sides.
    func statistics() throws(BrokenRule) -> [Statistic: Sides<Int>] {
        var statistics: [Statistic: Sides<Int>] = [:]
        for (statistic, columns) in columns.statistics {
            var counts: [Int] = []
            for column in columns where !record.fields[column].isEmpty {
                counts.append(try count(record.fields[column], upTo: statistic.limit, .statistics))
            }
            if counts.count == 2 { statistics[statistic] = Sides(home: counts[0], away: counts[1]) }
        }
        return statistics
    }

    private func count(_ value: ArraySlice<UInt8>, upTo limit: Int, _ rule: RowRule) throws(BrokenRule) -> Int {
        guard let count = value.wholeNumber, count <= limit else { throw BrokenRule(rule, value) }
        return count
    }

    private func team(_ column: String) throws(BrokenRule) -> String {
        let value = self[column]
        guard !value.isEmpty, value.count <= 100 else { throw BrokenRule(.team, value) }
        guard let name = String(validating: value, as: UTF8.self), !value.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { throw BrokenRule(.encoding, value) }
        return name
    }
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

extension ArraySlice<UInt8> {
    /// The value of at most nine ASCII digits.
    fileprivate var wholeNumber: Int? {
        guard !isEmpty, count <= 9, allSatisfy(\.isDigit) else { return nil }
        return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// The value of ASCII digits with at most one point among them: no sign, exponent, infinity or hexadecimal.
    fileprivate var decimal: Double? {
        guard count <= 20, let first, first.isDigit, let last, last.isDigit else { return nil }
        guard filter({ !$0.isDigit }).elementsEqual([UInt8(ascii: ".")]) || allSatisfy(\.isDigit) else { return nil }
        return Double(String(decoding: self, as: UTF8.self))
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
