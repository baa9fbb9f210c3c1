public import FoundationEssentials

/// A calendar day in the proleptic Gregorian calendar, without a time or a zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, negative before it.
    public let number: Int32

    /// Makes the day that is `number` days after 1970-01-01.
    public init(number: Int32) {
        self.number = number
    }

    /// Makes a day from its civil date; nil if there is no such date.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
        let civil = self.civil
        guard civil.year == year, civil.month == month, civil.day == day else { return nil }
    }

    /// The UTC day that an instant falls on.
    public init(containing instant: Date) {
        self.init(number: Int32((instant.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Day of the week, Monday = 0 to Sunday = 6.
    public var weekday: Int {
        let remainder = (Int(number) + 3) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// Midnight UTC at the start of the day.
    public var start: Date { Date(timeIntervalSince1970: Double(number) * 86_400) }

    /// The instant at which UK clocks show `hour:minute` on this day.
    ///
    /// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
    /// (Summer Time Order 2002; the same dates have held since 1996). The hour that the autumn change repeats is read
    /// as its second pass.
    public func london(hour: Int, minute: Int) -> Date {
        let local = start.addingTimeInterval(Double(hour * 3600 + minute * 60))
        let year = civil.year
        guard let begins = Day.lastSunday(year: year, month: 3), let ends = Day.lastSunday(year: year, month: 10) else {
            return local
        }
        let inSummer =
            local >= begins.start.addingTimeInterval(2 * 3600) && local < ends.start.addingTimeInterval(3600)
        return inSummer ? local.addingTimeInterval(-3600) : local
    }

    /// The day that UK clocks show at an instant.
    public init(inLondon instant: Date) {
        let day = Day(containing: instant)
        let year = day.civil.year
        guard let begins = Day.lastSunday(year: year, month: 3), let ends = Day.lastSunday(year: year, month: 10) else {
            self = day
            return
        }
        let change: TimeInterval = 3600
        let inSummer =
            instant >= begins.start.addingTimeInterval(change)
            && instant < ends.start.addingTimeInterval(change)
        self.init(containing: inSummer ? instant.addingTimeInterval(change) : instant)
    }

    /// The day `days` later, or earlier when negative.
    public func advanced(by days: Int) -> Day { Day(number: number + Int32(days)) }

    /// Whether `lhs` is earlier than `rhs`.
    public static func < (lhs: Day, rhs: Day) -> Bool { lhs.number < rhs.number }

    private static func lastSunday(year: Int, month: Int) -> Day? {
        Day(year: year, month: month, day: 31).map { $0.advanced(by: -(($0.weekday + 1) % 7)) }
    }
}

extension Day: CustomStringConvertible {
    /// The day as ISO 8601, `2023-08-11`.
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads ISO 8601, `2023-08-11`; nil for anything else.
    public init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        // Int reads a sign, which a date does not have.
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            !text.utf8.contains(UInt8(ascii: "+")), let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
