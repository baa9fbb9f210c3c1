public import FoundationEssentials
internal import Football

/// A cron expression in UTC: minute, hour, day of the month, month, day of the week.
///
/// Fields hold `*`, numbers, ranges `a-b`, steps `*/n` or `a-b/n`, and lists of these; the day of the week is 0 to 7,
/// 0 and 7 being Sunday. As in Vixie's cron, where both day fields are restricted a day that fits either is due.
/// `@every 30s` in place of the fields is due at each multiple of that span since 1970.
public struct CronExpression: Sendable, Hashable {
    /// The expression as it was written.
    public let text: String
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let eitherDayFits: Bool
    /// The span of an `@every`, in seconds; nil for an expression of five fields.
    private let interval: TimeInterval?

    /// Reads an expression.
    ///
    /// - Parameter text: Five fields separated by blanks, or `@every` and a duration of whole seconds.
    /// - Throws: ``CronError`` that names the field.
    public init(_ text: String) throws(CronError) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        if fields.first == "@every" {
            try self.init(every: fields.dropFirst().joined(separator: " "))
        } else {
            try self.init(fields: fields)
        }
    }

    private init(every text: String) throws(CronError) {
        guard let span = DurationText.parse(text), span >= .seconds(1), span.components.attoseconds == 0 else {
            throw .interval(text)
        }
        self.init(always: "@every \(text)", minutes: .max, hours: .max, interval: span.seconds)
    }

    private init(fields: [Substring]) throws(CronError) {
        guard fields.count == 5 else { throw .fieldCount(fields.count) }
        text = fields.joined(separator: " ")
        interval = nil
        minutes = try CronExpression.bits(fields[0], field: "minute", in: 0...59)
        hours = try CronExpression.bits(fields[1], field: "hour", in: 0...23)
        days = try CronExpression.bits(fields[2], field: "day of the month", in: 1...31)
        months = try CronExpression.bits(fields[3], field: "month", in: 1...12)
        let sundays = try CronExpression.bits(fields[4], field: "day of the week", in: 0...7)
        weekdays = (sundays | (sundays >> 7)) & 0x7F
        eitherDayFits = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        guard next(after: CronExpression.leapYear) != nil else { throw .neverDue(text) }
    }

    /// A start from which every day that exists comes round within the search.
    private static let leapYear = Day(year: 2000, month: 1, day: 1)?.start ?? Date(timeIntervalSince1970: 0)

    /// The latest instant at or before `instant` at which the expression is due; nil if none within eight years.
    public func previous(onOrBefore instant: Date) -> Date? {
        if let interval { return CronExpression.multiple(of: interval, onOrBefore: instant) }
        return search(from: Day(containing: instant), step: -1) { day in
            latestMinute(notAfter: (instant.timeIntervalSince(day.start) / 60).rounded(.down))
        }
    }

    /// The first instant after `instant` at which the expression is due; nil if none within eight years.
    public func next(after instant: Date) -> Date? {
        if let interval {
            return CronExpression.multiple(of: interval, onOrBefore: instant).addingTimeInterval(interval)
        }
        return search(from: Day(containing: instant), step: 1) { day in
            earliestMinute(after: (instant.timeIntervalSince(day.start) / 60).rounded(.down))
        }
    }

    private static func multiple(of interval: TimeInterval, onOrBefore instant: Date) -> Date {
        Date(timeIntervalSince1970: (instant.timeIntervalSince1970 / interval).rounded(.down) * interval)
    }

    private func search(from first: Day, step: Int, minute: (Day) -> Int?) -> Date? {
        var day = first
        for _ in 0..<(8 * 366) {
            if fits(day), let minute = minute(day) { return day.start.addingTimeInterval(Double(minute * 60)) }
            day = day.advanced(by: step)
        }
        return nil
    }

    private func fits(_ day: Day) -> Bool {
        let civil = day.civil
        guard months.has(civil.month) else { return false }
        let monthday = days.has(civil.day)
        let weekday = weekdays.has((day.weekday + 1) % 7)
        return eitherDayFits ? monthday || weekday : monthday && weekday
    }

    private func latestMinute(notAfter bound: Double) -> Int? {
        (0..<1440).reversed().first { Double($0) <= bound && isDue(minute: $0) }
    }

    private func earliestMinute(after bound: Double) -> Int? {
        (0..<1440).first { Double($0) > bound && isDue(minute: $0) }
    }

    private func isDue(minute: Int) -> Bool { hours.has(minute / 60) && minutes.has(minute % 60) }

    private static func bits(
        _ text: Substring, field: String, in range: ClosedRange<Int>
    ) throws(CronError) -> UInt64 {
        var bits: UInt64 = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            let bounds = (parts.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
            let isStar = parts.first == "*"
            let numbers = bounds.compactMap(CronExpression.number)
            let step = parts.count == 2 ? CronExpression.number(parts[1]) : 1
            guard parts.count <= 2, isStar || (numbers.count == bounds.count && (1...2).contains(numbers.count)),
                let step, step > 0
            else { throw .malformed(field: field, text: String(item)) }
            let low = isStar ? range.lowerBound : numbers[0]
            // `a/n` runs from a to the end of the range, as in the common cron implementations.
            let high =
                isStar || (numbers.count == 1 && parts.count == 2) ? range.upperBound : numbers[numbers.count - 1]
            guard range.contains(low), range.contains(high), low <= high else {
                throw .outOfRange(field: field, text: String(item), range: range)
            }
            for number in stride(from: low, through: high, by: step) { bits |= 1 << UInt64(number) }
        }
        return bits
    }

    /// Digits alone: `Int` would take a sign too.
    private static func number(_ text: Substring) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}

extension CronExpression {
    private init(always text: String, minutes: UInt64, hours: UInt64, interval: TimeInterval? = nil) {
        self.text = text
        self.interval = interval
        self.minutes = minutes
        self.hours = hours
        // As a star sets them, so that expressions of one text are equal.
        days = 0xFFFF_FFFE
        months = 0x1FFE
        weekdays = 0x7F
        eitherDayFits = false
    }

    /// Minutes 0, 15, 30 and 45 of every hour.
    static let everyQuarterHour = CronExpression(
        always: "*/15 * * * *", minutes: 1 << 0 | 1 << 15 | 1 << 30 | 1 << 45, hours: 0xFF_FFFF)

    /// Once an hour.
    static func hourly(minute: UInt64) -> CronExpression {
        CronExpression(always: "\(minute) * * * *", minutes: 1 << minute, hours: 0xFF_FFFF)
    }

    /// Once a day.
    static func daily(hour: UInt64, minute: UInt64) -> CronExpression {
        CronExpression(always: "\(minute) \(hour) * * *", minutes: 1 << minute, hours: 1 << hour)
    }
}

/// Why a cron expression was refused.
public enum CronError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not five fields.
    case fieldCount(Int)
    /// Neither a star, nor numbers, ranges and steps.
    case malformed(field: String, text: String)
    /// A number that the field cannot hold.
    case outOfRange(field: String, text: String, range: ClosedRange<Int>)
    /// What follows `@every` is no span of whole seconds.
    case interval(String)
    /// Days that no month in the expression has, such as 30 February.
    case neverDue(String)

    /// One line that names the field.
    public var description: String {
        switch self {
        case .fieldCount(let count):
            "a cron expression has five fields (minute hour day month weekday), this one has \(count)"
        case .malformed(let field, let text):
            "'\(text)' is no \(field): write *, numbers, ranges a-b, steps */n, or lists of these"
        case .outOfRange(let field, let text, let range):
            "'\(text)' is no \(field): it goes from \(range.lowerBound) to \(range.upperBound)"
        case .interval(let text):
            "'\(text)' is no span for @every: write whole seconds, minutes, hours or days such as 30s or 1h30m"
        case .neverDue(let text):
            "'\(text)' is never due: none of its months has such a day"
        }
    }
}

extension UInt64 {
    fileprivate func has(_ bit: Int) -> Bool { self & (1 << UInt64(bit)) != 0 }
}
