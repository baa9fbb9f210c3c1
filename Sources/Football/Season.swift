/// A league season, named by the year in which it starts.
public struct Season: Hashable, Comparable, Sendable {
    /// The calendar year of the first matches, for instance 2023 for 2023/24.
    public let startYear: Int

    /// Makes the season that starts in `startYear`.
    public init(startYear: Int) {
        self.startYear = startYear
    }

    /// The season that a day belongs to: a new one begins on 1 August (2019/20 ended on 26 July 2020).
    public init(containing day: Day) {
        let (year, month, _) = day.civil
        self.init(startYear: month >= 8 ? year : year - 1)
    }

    /// The last day before the next season begins.
    public var lastDay: Day { Season(startYear: startYear + 1).firstDay.advanced(by: -1) }

    /// The first day on which the season can have a match.
    public var firstDay: Day { Day(year: startYear, month: 8, day: 1) ?? Day(number: 0) }

    /// The season that a division's match on a day belongs to.
    ///
    /// Other divisions than the Premier League begin in the second half of July, but in 2020, when the season before
    /// went on until then.
    init(of day: Day, division: String) {
        let (year, month, date) = day.civil
        let isEarly = division != "E0" && month == 7 && date > 15 && year != 2020
        self = isEarly ? Season(startYear: year) : Season(containing: day)
    }

    /// The days on which a division's season file may have matches: the file says which season it is, and other
    /// divisions than the Premier League begin in July, or ended in August once.
    func days(of division: String) -> ClosedRange<Day> {
        division == "E0" ? firstDay...lastDay : firstDay.advanced(by: -31)...lastDay.advanced(by: 15)
    }

    /// The four digits by which football-data.co.uk names the season's folder, for instance `2324`.
    public var code: String { Season.twoDigits(startYear) + Season.twoDigits(startYear + 1) }

    /// Weeks without a Premier League match that were known before the season: the World Cup of 2022.
    public static let knownBreaks: [ClosedRange<Day>] = {
        guard let first = Day(year: 2022, month: 11, day: 14), let last = Day(year: 2022, month: 12, day: 25) else {
            return []
        }
        return [first...last]
    }()

    /// Whether `lhs` starts earlier than `rhs`.
    public static func < (lhs: Season, rhs: Season) -> Bool { lhs.startYear < rhs.startYear }

    private static func twoDigits(_ year: Int) -> String {
        let last = year % 100
        return last < 10 ? "0\(last)" : "\(last)"
    }
}

extension Season: CustomStringConvertible {
    /// The season as people write it, `2023/24`.
    public var description: String { "\(startYear)/\(Season.twoDigits(startYear + 1))" }

    /// Reads `2023/24`; nil if the second half is not the year after.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]), year >= 1_000,
            parts[1] == Season.twoDigits(year + 1)
        else { return nil }
        self.init(startYear: year)
    }
}
